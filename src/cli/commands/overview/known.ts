import { type FailureDetails, failureDetails } from '../../failure.js';

/** A part of an overview, or why it is not known. */
export type Known<Value> =
  | { readonly value: Value; readonly error: null }
  | { readonly value: null; readonly error: FailureDetails };

/** Why something is not known. */
interface Reason {
  readonly message: string;
  readonly syscall?: unknown;
}

/** Things that are not known for one reason. A status is one reason, whichever function has returned it. */
export function groupByReason<Thing>(
  things: readonly Thing[],
  reasonOf: (thing: Thing) => Reason,
): readonly (readonly [Thing, ...Thing[]])[] {
  const groups = new Map<string, [Thing, ...Thing[]]>();
  for (const thing of things) {
    const { message, syscall } = reasonOf(thing);
    const key = message.replace(`(${syscall}, 0x`, '(0x');
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return [...groups.values()];
}

/** Asks for parts of an overview, all within one time limit. What one fails with does not end the others. */
export class Parts {
  readonly #signal: AbortSignal;
  readonly #end: number;
  #failure: unknown;
  #isSomethingKnown = false;

  constructor({
    signal,
    timeoutMs = Number.POSITIVE_INFINITY,
  }: { readonly signal: AbortSignal; readonly timeoutMs?: number | undefined }) {
    this.#signal = signal;
    this.#end = performance.now() + timeoutMs;
  }

  async ask<Value>(question: (timeout: { timeoutMs?: number }) => Promise<Value>): Promise<Known<Value>> {
    const left = this.#end - performance.now();
    try {
      // A call without any time left says that it was not made.
      const value = await question(Number.isFinite(left) ? { timeoutMs: Math.max(left, 1) } : {});
      this.#isSomethingKnown = true;
      return { value, error: null };
    } catch (error) {
      if (this.#signal.aborted) throw error;
      this.#failure ??= error;
      return { value: null, error: failureDetails(error) };
    }
  }

  /** Throws why, if nothing at all is known. */
  throwIfNothing(): void {
    if (!this.#isSomethingKnown) throw this.#failure;
  }
}
