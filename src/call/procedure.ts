import { StatusError } from '../errors.js';
import type { Turn } from '../native/call-trace.js';
import type { ArgumentsOf, ExportName, NativeFunction } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { hasWorked } from '../native/status.js';
import { traced } from '../native/trace.js';
import type { WindowsFunctionName } from '../native/windows-functions.js';
import { statusError } from './status.js';

/** One call, not made yet. It keeps the memory of its arguments alive until it returns. */
export interface NativeCall {
  readonly library: Library;
  readonly syscall: ExportName | WindowsFunctionName;
  /** Whether it can wait for the network. Defaults to what the signatures say of the export. */
  readonly isSlow?: boolean;
  /** Calls on this thread. */
  run(): number;
  /** Calls on a thread of libuv's pool. `turn` is for the trace. */
  start(done: (error: Error | null, status: number) => void, turn?: Turn): void;
}

/**
 * What a public function does, a generator for instance: it yields native calls and receives their statuses. So the same code
 * serves the sync and the async form, which differ only in who makes the calls. Memory for arguments is allocated
 * inside, and wiped in a `finally` where it holds secrets: it runs once no native call uses the memory any more, also
 * when the caller has stopped waiting.
 */
export type Procedure<Result> = Iterable<NativeCall, Result, number>;

/** Milliseconds to wait before the next call. */
export interface Pause {
  readonly pauseMs: number;
}

/** A procedure that may pause between calls: for the async form only. */
export type PausingProcedure<Result> = Iterable<NativeCall | Pause, Result, number>;

/** The call of an export with these arguments. */
export function nativeCall<Name extends ExportName>(
  library: Library,
  syscall: Name,
  ...args: ArgumentsOf<Name>
): NativeCall {
  const fn = library.func(syscall);
  return new ReadyCall(library, syscall, fn as unknown as NativeFunction, args as unknown as ReadyCall['args']);
}

class ReadyCall implements NativeCall {
  readonly library: Library;
  readonly syscall: ExportName;
  readonly fn: NativeFunction;
  readonly args: Parameters<NativeFunction>;

  constructor(library: Library, syscall: ExportName, fn: NativeFunction, args: Parameters<NativeFunction>) {
    this.library = library;
    this.syscall = syscall;
    this.fn = fn;
    this.args = args;
  }

  run(): number {
    return traced(this.syscall, this.fn)(...this.args);
  }

  start(done: (error: Error | null, status: number) => void, turn?: Turn): void {
    traced(this.syscall, this.fn, turn).async(...this.args, done);
  }
}

/** A call whose answer has a fixed size, or none. */
export function* simpleCall(call: NativeCall): Procedure<void> {
  const status = yield call;
  if (!hasWorked(status)) throw statusError(status, call);
}

/** How often and after what time to try again while a session is busy. */
export interface Retry {
  readonly retries: number;
  readonly retryDelayMs: number;
}

const BUSY = ['ISDSC_SESSION_BUSY', 'ISDSC_DEVICE_BUSY_ON_SESSION'];

/** Whether the call failed because the session is busy, which usually passes. */
export function isBusy(error: unknown): error is StatusError {
  return error instanceof StatusError && BUSY.includes(error.code);
}

/** Starts over while the session is busy. */
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
