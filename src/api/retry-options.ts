import { type Check, wholeNumber } from '../arguments.js';
import type { Retry } from '../call/retrying.js';
import type { AsyncOptions } from './options.js';

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
