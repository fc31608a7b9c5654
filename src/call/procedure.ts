import type { ArgumentsOf, ExportName } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { traced } from '../native/trace.js';

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
 */
export type Procedure<Result> = Generator<NativeCall, Result, number>;

/** Milliseconds to wait before the next call. */
export interface Pause {
  readonly pauseMs: number;
}

/** A procedure that waits between calls: for the async form alone. */
export type PatientProcedure<Result> = Generator<NativeCall | Pause, Result, number>;

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
