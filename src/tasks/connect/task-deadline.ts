import { runChecked } from '../../api/call.js';
import type { CheckedOptions } from '../../api/options.js';
import { gateOf } from '../../call/gate.js';
import type { NativeCall, Pause, PausingProcedure } from '../../call/procedure.js';
import { TIMEOUT_HINTS } from '../../call/run.js';
import { AbortError, IscsidscError, type Pending } from '../../errors.js';
import type { Library } from '../../native/library.js';

/** How a procedure has ended. */
export type Settled<Result> = { readonly value: Result } | { readonly error: unknown };

/**
 * The signal and the timeout of a task that makes several calls, and that must know what became of each. A call that
 * changes something is not abandoned while it runs: what it makes could not be undone.
 */
export class TaskDeadline {
  readonly #checked: CheckedOptions;
  readonly #graceMs: number;
  readonly #end = new AbortController();
  readonly #ended: Promise<undefined>;
  #timer: NodeJS.Timeout | undefined;
  #isTimeout = false;
  #hasCalled = false;

  /** `graceMs` is how long a call that runs at the end is waited for. */
  constructor(checked: CheckedOptions, graceMs: number) {
    this.#checked = checked;
    this.#graceMs = graceMs;
    const { signal, timeoutMs } = checked.deadline;
    this.#ended = new Promise(resolve => {
      this.#end.signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (signal?.aborted) this.#onAbort();
    if (timeoutMs !== undefined) this.#timer = setTimeout(this.#onTimeout, timeoutMs);
  }

  /** Whose functions the task calls. */
  get library(): Library {
    return this.#checked.library;
  }

  /** Call it when the task is over. */
  close(): void {
    clearTimeout(this.#timer);
    this.#checked.deadline.signal?.removeEventListener('abort', this.#onAbort);
  }

  /**
   * Runs a procedure that changes nothing. It is abandoned at the end, with `timeoutMs` after that time, as
   * `runChecked` does it, and when `stop` fires.
   */
  async read<Result>(
    procedure: (checked: CheckedOptions) => PausingProcedure<Result>,
    timeoutMs?: number,
    stop?: AbortSignal,
  ): Promise<Result> {
    this.throwIfEnded();
    const progress: Progress = {};
    const { signal } = this.#end;
    const deadline = { signal: stop ? AbortSignal.any([signal, stop]) : signal, timeoutMs };
    const result = await settled(this.#run(procedure, deadline, progress));
    return this.#resultOf(result, progress.syscall);
  }

  /**
   * Runs a procedure that changes something. When the end comes while a native call of it runs, waits until it has
   * returned; one that still runs after that time is left to `onLate`. `onStart` is called when its first native call is
   * made: one that waits for its turn at the end is not made any more.
   */
  async change<Result>(
    procedure: (checked: CheckedOptions) => PausingProcedure<Result>,
    onStart: () => void,
    onLate: (late: Promise<Settled<Result>>) => void,
  ): Promise<Result> {
    this.throwIfEnded();
    const progress: Progress = { onStart };
    const stop = new AbortController();
    const running = settled(this.#run(procedure, { signal: stop.signal }, progress));
    let result = await Promise.race([running, this.#ended]);
    if (result === undefined) {
      if (!progress.isRunning) stop.abort();
      result = await inTime(running, this.#graceMs);
    }
    if (result === undefined) {
      running.then(gateOf(this.library).abandon());
      onLate(running);
      throw this.#error('running', progress.syscall);
    }
    return this.#resultOf(result, progress.syscall);
  }

  /** Waits for something that is no native call. */
  async wait<Result>(promise: Promise<Result>): Promise<Result> {
    const result = await Promise.race([settled(promise), this.#ended]);
    return this.#resultOf(result ?? { error: this.#error(this.#between()) });
  }

  /** Ends before that time when `until` is kept. */
  async pause(ms: number, until?: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>(resolve => {
      timer = setTimeout(resolve, ms);
    });
    try {
      await this.wait(until ? Promise.race([over, until]) : over);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Throws the error of the timeout or the abort, in place of another one, which may say that a call still runs. */
  throwIfEnded(instead: { readonly pending?: Pending | undefined; readonly syscall?: string | undefined } = {}): void {
    const { pending = this.#between(), syscall } = instead;
    if (this.#end.signal.aborted) throw this.#error(pending, syscall);
  }

  readonly #onAbort = () => this.#end.abort();

  readonly #onTimeout = () => {
    this.#isTimeout = true;
    this.#end.abort();
  };

  #run<Result>(
    procedure: (checked: CheckedOptions) => PausingProcedure<Result>,
    deadline: CheckedOptions['deadline'],
    progress: Progress,
  ): Promise<Result> {
    return runChecked({ ...this.#checked, deadline }, checked =>
      watched(procedure(checked), progress, () => {
        this.#hasCalled = true;
        progress.onStart?.();
        progress.onStart = undefined;
      }),
    );
  }

  #resultOf<Result>(result: Settled<Result>, syscall?: string): Result {
    if ('value' in result) return result.value;
    const { error } = result;
    // Only the signals of this deadline abort what it runs.
    throw error instanceof AbortError ? this.#error(this.#pending(error.pending), syscall) : error;
  }

  #pending(pending: Pending): Pending {
    return pending === 'notStarted' ? this.#between() : pending;
  }

  #between(): Pending {
    return this.#hasCalled ? 'betweenAttempts' : 'notStarted';
  }

  #error(pending: Pending, syscall?: string): AbortError | IscsidscError {
    const { signal, timeoutMs } = this.#checked.deadline;
    if (!this.#isTimeout) return new AbortError(signal?.reason, pending, syscall);
    return new IscsidscError('ERR_ISCSIDSC_TIMEOUT', `It was not done within ${timeoutMs} ms.`, {
      hint: HINTS[pending],
      pending,
      ...(pending === 'running' && { syscall }),
    });
  }
}

const HINTS: Readonly<Record<Pending, string>> = {
  ...TIMEOUT_HINTS,
  betweenAttempts: 'No native call runs: the next one was not made.',
};

interface Progress {
  onStart?: (() => void) | undefined;
  syscall?: string;
  isRunning?: boolean;
}

/** A procedure of which one can see whether one of its native calls runs. */
function* watched<Result>(
  procedure: PausingProcedure<Result>,
  progress: Progress,
  onCall: () => void,
): Generator<NativeCall | Pause, Result, number> {
  const steps = procedure[Symbol.iterator]();
  let isOver = false;
  try {
    let step = steps.next();
    while (!step.done) {
      let status: number;
      try {
        status = yield 'pauseMs' in step.value ? step.value : watchedCall(step.value, progress, onCall);
      } catch (error) {
        if (steps.throw === undefined) throw error;
        step = steps.throw(error);
        continue;
      }
      step = steps.next(status);
    }
    isOver = true;
    return step.value;
  } finally {
    if (!isOver) steps.return?.();
  }
}

function watchedCall(call: NativeCall, progress: Progress, onCall: () => void): NativeCall {
  const { library, syscall, isSlow } = call;
  progress.syscall = syscall;
  return {
    library,
    syscall,
    ...(isSlow !== undefined && { isSlow }),
    run: () => call.run(),
    start: done => {
      onCall();
      progress.isRunning = true;
      call.start((error, status) => {
        progress.isRunning = false;
        done(error, status);
      });
    },
  };
}

function settled<Result>(promise: Promise<Result>): Promise<Settled<Result>> {
  return promise.then(
    value => ({ value }),
    (error: unknown) => ({ error }),
  );
}

/** Undefined if it takes longer. */
async function inTime<Value>(promise: Promise<Value>, ms: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>(resolve => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}
