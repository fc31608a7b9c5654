import { type Check, wholeNumber } from '../arguments.js';
import { stateOf } from '../call/library-state.js';
import { type PausingProcedure, type Procedure, type Retry, retryingWhileBusy } from '../call/procedure.js';
import { runAsync, runSync } from '../call/run.js';
import { AbortError, isIscsidscError } from '../errors.js';
import {
  type AsyncOptions,
  type CheckedOptions,
  checkAsyncOptions,
  checkSyncOptions,
  type SyncOptions,
} from './options.js';

/** Checks the options, and runs a procedure off the event loop. */
export async function callAsync<Result>(
  options: AsyncOptions | undefined,
  procedure: (options: CheckedOptions) => PausingProcedure<Result>,
): Promise<Result> {
  return runChecked(checkAsyncOptions(options), procedure);
}

/** Runs a procedure off the event loop. */
export async function runChecked<Result>(
  options: CheckedOptions,
  procedure: (options: CheckedOptions) => PausingProcedure<Result>,
): Promise<Result> {
  const { library, deadline, onWarning } = options;
  try {
    return await runAsync(stateOf(library).gate, procedure(options), deadline, onWarning);
  } catch (error) {
    // The promises of the functions above, through which V8 finds the caller, are linked a turn after they returned.
    await undefined;
    throw withStackOfCaller(error);
  }
}

// It was made in a callback of the native call or of a timer, whose stack does not lead to the caller.
function withStackOfCaller(error: unknown): unknown {
  if (isIscsidscError(error) || error instanceof AbortError) Error.captureStackTrace(error, withStackOfCaller);
  return error;
}

/** Checks the options, and runs a procedure on this thread. */
export function callSync<Result>(
  options: SyncOptions | undefined,
  procedure: (options: CheckedOptions) => Procedure<Result>,
): Result {
  const checked = checkSyncOptions(options);
  return runSync(procedure(checked), checked.onWarning);
}

/** Options of a function that a busy session can refuse for a while. */
export interface RetryOptions extends AsyncOptions {
  /** How often to try again after `ISDSC_SESSION_BUSY` and `ISDSC_DEVICE_BUSY_ON_SESSION`. */
  retries?: number | undefined;
  /** Milliseconds before each of these. */
  retryDelayMs?: number | undefined;
}

export const RETRY_CHECKS: Readonly<Record<keyof Retry, Check>> = {
  retries: wholeNumber(1000),
  retryDelayMs: wholeNumber(60_000),
};

/** What the caller wants, else the default of the function. */
export function retryOf(options: Pick<RetryOptions, keyof Retry>, otherwise: Retry): Retry {
  const { retries = otherwise.retries, retryDelayMs = otherwise.retryDelayMs } = options;
  return { retries, retryDelayMs };
}

/** Checks the options, and runs a procedure off the event loop, again while the session is busy. */
export async function callRetrying<Result>(
  options: RetryOptions | undefined,
  otherwise: Retry,
  procedure: (options: CheckedOptions) => Procedure<Result>,
): Promise<Result> {
  const checked = checkAsyncOptions(options, RETRY_CHECKS);
  return runChecked(checked, () => retryingWhileBusy(() => procedure(checked), retryOf(checked, otherwise)));
}
