import { type Check, wholeNumber } from '../arguments.js';
import { gateOf } from '../call/gate.js';
import {
  type NativeCall,
  type PausingProcedure,
  type Procedure,
  type Retry,
  retryingWhileBusy,
} from '../call/procedure.js';
import { runAsync, runSync } from '../call/run.js';
import { ArgumentMemory } from '../codec/argument-memory.js';
import { isOwnError } from '../errors.js';
import {
  type AsyncOptions,
  type CheckedOptions,
  checkAsyncOptions,
  checkOptionsAnd,
  checkSyncOptions,
  checkSyncOptionsAnd,
  type SyncOptions,
} from './options.js';

/** Checks the options, and runs a procedure off the event loop. */
export async function callAsync<Result>(
  options: AsyncOptions | undefined,
  procedure: (options: CheckedOptions) => PausingProcedure<Result>,
): Promise<Result> {
  return await runChecked(checkAsyncOptions(options), procedure);
}

/** Runs a procedure off the event loop. What it rejects with has the stack of the callers that await it. */
export async function runChecked<Result>(
  options: CheckedOptions,
  procedure: (options: CheckedOptions) => PausingProcedure<Result>,
): Promise<Result> {
  try {
    return await runAsync(gateOf(options.library), procedure(options), options.deadline, options.onWarning);
  } catch (error) {
    // It was made in a callback, where there is no caller any more. An error that onWarning throws is the caller's own.
    if (isOwnError(error) && Object.isExtensible(error)) Error.captureStackTrace(error, runChecked);
    throw error;
  }
}

/** Checks the options, and runs a procedure on this thread. */
export function callSync<Result>(
  options: SyncOptions | undefined,
  procedure: (options: CheckedOptions) => Procedure<Result>,
): Result {
  const checked = checkSyncOptions(options);
  return runSync(procedure(checked), checked.onWarning);
}

/** The same for a function that has options of its own. */
export function callSyncWith<Options extends SyncOptions, Result>(
  options: Options | undefined,
  checks: Readonly<Record<Exclude<keyof Options, keyof SyncOptions>, Check>>,
  procedure: (options: CheckedOptions, own: Readonly<Omit<Options, keyof SyncOptions>>) => Procedure<Result>,
): Result {
  const { checked, own } = checkSyncOptionsAnd(options, checks);
  return runSync(procedure(checked, own), checked.onWarning);
}

/** The same off the event loop. */
export async function callAsyncWith<Options extends AsyncOptions, Result>(
  options: Options | undefined,
  checks: Readonly<Record<Exclude<keyof Options, keyof AsyncOptions>, Check>>,
  procedure: (options: CheckedOptions, own: Readonly<Omit<Options, keyof AsyncOptions>>) => PausingProcedure<Result>,
): Promise<Result> {
  const { checked, own } = checkOptionsAnd(options, checks);
  return await runChecked(checked, () => procedure(checked, own));
}

/** Options of a function that a busy session can refuse for a while. */
export interface RetryOptions extends AsyncOptions {
  /** How often to try again on `ISDSC_SESSION_BUSY` and `ISDSC_DEVICE_BUSY_ON_SESSION`. */
  retries?: number | undefined;
  /** Milliseconds before each retry. */
  retryDelayMs?: number | undefined;
}

export const RETRY_CHECKS = { retries: wholeNumber(1000), retryDelayMs: wholeNumber(60_000) };

/** Checks the options, and runs a procedure off the event loop, again while the session is busy. */
export async function callRetrying<Result>(
  options: RetryOptions | undefined,
  defaults: Retry,
  procedure: (options: CheckedOptions) => Procedure<Result>,
): Promise<Result> {
  const { checked, own } = checkOptionsAnd<RetryOptions>(options, RETRY_CHECKS);
  const { retries = defaults.retries, retryDelayMs = defaults.retryDelayMs } = own;
  return await runChecked(checked, () => retryingWhileBusy(() => procedure(checked), { retries, retryDelayMs }));
}

/** Runs a procedure whose call is given memory. It is wiped once no native call uses it any more. */
export function* withArguments<Result>(
  { text }: CheckedOptions,
  procedure: (memory: ArgumentMemory) => Procedure<Result>,
): Generator<NativeCall, Result, number> {
  const memory = new ArgumentMemory(text);
  try {
    return yield* procedure(memory);
  } finally {
    memory.wipe();
  }
}
