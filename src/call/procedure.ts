import { StatusError } from '../errors.js';
import type { ArgumentsOf, ExportName } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { hasWorked } from '../native/status.js';
import { traced } from '../native/trace.js';
import { statusError } from './status.js';

/** One call of an export, not made yet. It holds the memory of its arguments, which must not go before it returns. */
export interface NativeCall {
  readonly library: Library;
  readonly syscall: ExportName;
  /** Calls on this thread. */
  run(): number;
  /** Calls on a thread of libuv's pool. */
  start(done: (error: Error | null, status: number) => void): void;
}

/**
 * What a public function does, as a generator: it yields native calls and is given their statuses. So the same code
 * serves the sync and the async form, which differ only in who makes the calls.
 *
 * It allocates the memory of its arguments itself. Its `finally` always runs, also when the caller has stopped waiting:
 * then once the native call has returned, so that the memory is not wiped while it is in use. A `finally` makes no calls.
 */
export type Procedure<Result> = Generator<NativeCall, Result, number>;

/** Milliseconds to wait before the next call. */
export interface Pause {
  readonly pauseMs: number;
}

/** A procedure that waits between calls: for the async form alone. */
export type PausingProcedure<Result> = Generator<NativeCall | Pause, Result, number>;

/** The call of an export with these arguments. */
export function nativeCall<Name extends ExportName>(
  library: Library,
  syscall: Name,
  ...args: ArgumentsOf<Name>
): NativeCall {
  const fn = traced(syscall, library.func(syscall));
  return { library, syscall, run: () => fn(...args), start: done => fn.async(...args, done) };
}

/** A call whose arguments are made when its turn has come: one that waits holds no memory. */
export function deferredCall(library: Library, syscall: ExportName, prepare: () => NativeCall): NativeCall {
  return { library, syscall, run: () => prepare().run(), start: done => prepare().start(done) };
}

/** A call whose answer has a fixed size, or none. */
export function* simpleCall(call: NativeCall): Procedure<void> {
  const status = yield call;
  if (!hasWorked(status)) throw statusError(status, call);
}

/** How often and after what time to try again while a session is busy. */
export interface Retry {
  retries: number;
  retryDelayMs: number;
}

const BUSY: readonly string[] = ['ISDSC_SESSION_BUSY', 'ISDSC_DEVICE_BUSY_ON_SESSION'];

/** Whether the call can be made again in a moment. */
export function isBusy(error: unknown): error is StatusError {
  return error instanceof StatusError && BUSY.includes(error.code);
}

/** Starts over while the session is busy, which passes as a rule. */
export function* retryingWhileBusy<Result>(
  procedure: () => Procedure<Result>,
  { retries, retryDelayMs }: Retry,
): PausingProcedure<Result> {
  for (let left = retries; ; left--) {
    try {
      return yield* procedure();
    } catch (error) {
      if (left === 0 || !isBusy(error)) throw error;
    }
    yield { pauseMs: retryDelayMs };
  }
}
