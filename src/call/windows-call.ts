import { IscsidscError } from '../errors.js';
import type { Turn } from '../native/call-trace.js';
import type { Done } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { SUCCESS } from '../native/status.js';
import { isTraced, runTraced, startTraced } from '../native/trace.js';
import {
  hasFailed,
  type WindowsArguments,
  type WindowsFunctionName,
  type WindowsResult,
} from '../native/windows-functions.js';
import type { NativeCall, Procedure } from './procedure.js';
import { statusError } from './status.js';

interface AnyFunction {
  (...args: readonly unknown[]): WindowsResult;
  async(...argsAndDone: unknown[]): void;
}

/** One call of a function of Windows that is not of iscsidsc.dll. Its status is 0, or the error of `GetLastError`. */
export class WindowsCall implements NativeCall {
  readonly library: Library;
  readonly syscall: WindowsFunctionName;
  readonly isSlow: boolean;
  readonly #fn: AnyFunction;
  readonly #args: readonly unknown[];
  #value: bigint | undefined;
  #isMade = false;

  /** `isSlow` where it can wait for the network, or for a disk behind it. */
  constructor(library: Library, syscall: WindowsFunctionName, args: readonly unknown[], isSlow: boolean) {
    const fn = library.windowsFunc?.(syscall);
    if (fn === undefined) {
      throw new IscsidscError(
        'ERR_ISCSIDSC_MISSING_EXPORT',
        `${library.name} has no functions of Windows besides its own.`,
        {
          hint: 'A library that is not Windows itself needs a windowsFunc for disks, volumes and services.',
          syscall,
        },
      );
    }
    this.library = library;
    this.syscall = syscall;
    this.isSlow = isSlow;
    this.#fn = fn as unknown as AnyFunction;
    this.#args = args;
  }

  /** What the function has returned; undefined if it has failed, or has not returned yet. */
  get value(): bigint | undefined {
    return this.#value;
  }

  /** Whether the call was made: one that waits for its turn can be given up. */
  get isMade(): boolean {
    return this.#isMade;
  }

  run(): number {
    this.#isMade = true;
    const run = () => this.#statusOf(this.#fn(...this.#args));
    return isTraced() ? runTraced(this.syscall, this.#args, run) : run();
  }

  start(done: Done, turn?: Turn): void {
    this.#isMade = true;
    const start = (returned: Done) =>
      this.#fn.async(...this.#args, (error: Error | null, result: WindowsResult) =>
        returned(error, error ? SUCCESS : this.#statusOf(result)),
      );
    if (isTraced()) startTraced(this.syscall, this.#args, turn, done, start);
    else start(done);
  }

  #statusOf(result: WindowsResult): number {
    if (!hasFailed(this.syscall, result)) {
      this.#value = result.value;
      return SUCCESS;
    }
    // A failure must not look like success where a function has set no error.
    return result.lastError === SUCCESS ? ERROR_GEN_FAILURE : result.lastError;
  }
}

const ERROR_GEN_FAILURE = 31;

/** The call of such a function with these arguments. */
export function windowsCall<Name extends WindowsFunctionName>(
  library: Library,
  syscall: Name,
  ...args: WindowsArguments<Name>
): WindowsCall {
  return new WindowsCall(library, syscall, args, false);
}

/** The same for a call that can wait for the network, or for a disk behind it. */
export function slowWindowsCall<Name extends WindowsFunctionName>(
  library: Library,
  syscall: Name,
  ...args: WindowsArguments<Name>
): WindowsCall {
  return new WindowsCall(library, syscall, args, true);
}

/** Makes the call, and returns what the function has returned. */
export function* resultOf(call: WindowsCall): Procedure<bigint> {
  const status = yield call;
  if (status !== SUCCESS) throw statusError(status, call);
  return call.value as bigint;
}

type Close = 'CloseHandle' | 'FindVolumeClose' | 'CloseServiceHandle';

/** Opens a handle, and closes it when `use` has ended, also one that comes when the caller has stopped waiting. */
export function* withHandle<Result>(
  open: WindowsCall,
  close: Close,
  use: (handle: bigint) => Procedure<Result>,
): Procedure<Result> {
  let closing: WindowsCall | undefined;
  try {
    const handle = yield* resultOf(open);
    closing = windowsCall(open.library, close, handle);
    let result: Result;
    try {
      result = yield* use(handle);
    } catch (error) {
      yield* closeAfterFailure(closing);
      throw error;
    }
    yield* resultOf(closing);
    return result;
  } finally {
    if (open.value !== undefined && !closing?.isMade) closeInBackground(open.library, close, open.value);
  }
}

/** Why the rest has failed matters more than whether the handle could be closed. */
function* closeAfterFailure(closing: WindowsCall): Procedure<void> {
  try {
    yield closing;
  } catch {}
}

/** Nobody waits for it any more. */
function closeInBackground(library: Library, close: Close, handle: bigint): void {
  try {
    windowsCall(library, close, handle).start(() => {});
  } catch {}
}
