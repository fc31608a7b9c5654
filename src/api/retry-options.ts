import { type Check, wholeNumber } from '../arguments.js';
import type { Procedure } from '../call/procedure.js';
import { type Retry, retryingWhileBusy } from '../call/retrying.js';
import { runChecked } from './call.js';
import { type AsyncOptions, type CheckedOptions, checkAsyncOptions } from './options.js';

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
