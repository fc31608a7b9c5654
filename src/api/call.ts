import { stateOf } from '../call/library-state.js';
import type { PatientProcedure, Procedure } from '../call/procedure.js';
import { runAsync } from '../call/run-async.js';
import { runSync } from '../call/run-sync.js';
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
  procedure: (options: CheckedOptions) => PatientProcedure<Result>,
): Promise<Result> {
  return runChecked(checkAsyncOptions(options), procedure);
}

/** Runs a procedure off the event loop. */
export function runChecked<Result>(
  options: CheckedOptions,
  procedure: (options: CheckedOptions) => PatientProcedure<Result>,
): Promise<Result> {
  return runAsync(stateOf(options.library).gate, procedure(options), options.patience, options.onWarning);
}

/** Checks the options, and runs a procedure on this thread. */
export function callSync<Result>(
  options: SyncOptions | undefined,
  procedure: (options: CheckedOptions) => Procedure<Result>,
): Result {
  const checked = checkSyncOptions(options);
  return runSync(procedure(checked), checked.onWarning);
}
