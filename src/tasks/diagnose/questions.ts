import { runChecked } from '../../api/call.js';
import type { CheckedOptions } from '../../api/options.js';
import type { PausingProcedure } from '../../call/procedure.js';
import { AbortError, isIscsidscError } from '../../errors.js';
import { isTimeout, notAsked } from '../parts.js';

// Without the network a call takes milliseconds. One that takes as long as this hangs, or waits for one that does.
const LIMIT_MS = 10_000;
const ENDED = 'The time ended before the initiator was asked.';
const HUNG = 'The initiator was not asked: calls that do not return hold all turns.';

/** What came of a question. `ms` is how long it took, the wait for a turn included. */
export type Answer<Value> =
  | { readonly value: Value; readonly error?: undefined; readonly ms: number }
  | { readonly value?: undefined; readonly error: unknown; readonly ms: number };

export function mapAnswer<From, To>(answer: Answer<From>, change: (value: From) => To): Answer<To> {
  const { value, error, ms } = answer;
  return value === undefined ? { error, ms } : { value: change(value), ms };
}

/** Asks one question after another. Each has a time limit of its own, and one that fails does not end the others. */
export class Questions {
  readonly #checked: CheckedOptions;
  readonly #end: number;
  #isHung = false;

  constructor(checked: CheckedOptions) {
    this.#checked = checked;
    this.#end = performance.now() + (checked.deadline.timeoutMs ?? Number.POSITIVE_INFINITY);
  }

  /** Rejects with an `AbortError`, and with what `onWarning` throws. */
  async ask<Value>(procedure: (checked: CheckedOptions) => PausingProcedure<Value>): Promise<Answer<Value>> {
    const { deadline, onWarning: tell } = this.#checked;
    const begin = performance.now();
    const timeoutMs = Math.min(LIMIT_MS, this.#end - begin);
    if (this.#isHung) return { error: notAsked(HUNG, 'Restart the service MSiSCSI.'), ms: 0 };
    if (timeoutMs <= 0) return { error: notAsked(ENDED), ms: 0 };
    let thrown: { readonly error: unknown } | undefined;
    const onWarning: CheckedOptions['onWarning'] =
      tell &&
      (warning => {
        try {
          tell(warning);
        } catch (error) {
          thrown = { error };
          throw error;
        }
      });
    try {
      const options = { ...this.#checked, deadline: { signal: deadline.signal, timeoutMs }, onWarning };
      const value = await runChecked(options, procedure);
      return { value, ms: performance.now() - begin };
    } catch (error) {
      if (error instanceof AbortError) throw error;
      if (thrown !== undefined) throw thrown.error;
      // It had no turn in all that time, and neither would the next.
      if (isTimeout(error) && error.pending === 'notStarted') this.#isHung = true;
      return { error, ms: performance.now() - begin };
    }
  }
}

/** What came of one question about many things. */
export interface Answers<Thing, Value> {
  /** Of those that were answered. */
  readonly values: ReadonlyMap<Thing, Value>;
  /** Why the first of the others was not; undefined if all were answered. */
  readonly error: unknown;
}

/** Asks the same about many things, within the time limit of one question. */
export async function askEach<Thing, Value>(
  questions: Questions,
  things: readonly Thing[],
  procedure: (checked: CheckedOptions, thing: Thing) => PausingProcedure<Value>,
): Promise<Answers<Thing, Value>> {
  const values = new Map<Thing, Value>();
  if (things.length === 0) return { values, error: undefined };
  let first: unknown;
  const { error } = await questions.ask(function* (checked) {
    for (const thing of things) {
      try {
        values.set(thing, yield* procedure(checked, thing));
      } catch (error) {
        if (!isIscsidscError(error)) throw error;
        first ??= error;
      }
    }
  });
  return { values, error: first ?? error };
}
