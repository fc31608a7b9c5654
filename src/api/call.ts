import { type Check, wholeNumber } from '../arguments.js';
import { stateOf } from '../call/library-state.js';
import { type PausingProcedure, type Procedure, type Retry, retryingWhileBusy } from '../call/procedure.js';
import { runAsync, runSync } from '../call/run.js';
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
export function runChecked<Result>(
  options: CheckedOptions,
  procedure: (options: CheckedOptions) => PausingProcedure<Result>,
): Promise<Result> {
  return runAsync(stateOf(options.library).gate, procedure(options), options.deadline, options.onWarning);
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
  /** How often to try again on `ISDSC_SESSION_BUSY` and `ISDSC_DEVICE_BUSY_ON_SESSION`. */
  retries?: number;
  /** Milliseconds before each of these. */
  retryDelayMs?: number;
}

export const RETRY_CHECKS: Readonly<Record<keyof Retry, Check>> = {
  retries: wholeNumber(1000),
  retryDelayMs: wholeNumber(60_000),
};

/** What the caller wants, else the default of the function. */
export function retryOf(options: RetryOptions | undefined, otherwise: Retry): Retry {
  return {
    retries: options?.retries ?? otherwise.retries,
    retryDelayMs: options?.retryDelayMs ?? otherwise.retryDelayMs,
  };
}

/** Checks the options, and runs a procedure off the event loop, again while the session is busy. */
export async function callRetrying<Result>(
  options: RetryOptions | undefined,
  otherwise: Retry,
  procedure: (options: CheckedOptions) => Procedure<Result>,
): Promise<Result> {
  const checked = checkAsyncOptions(options, RETRY_CHECKS);
  return runChecked(checked, () => retryingWhileBusy(() => procedure(checked), retryOf(options, otherwise)));
}
