import type { IscsiWarning } from '../errors.js';
import { isWarning } from '../native/status.js';
import type { NativeCall } from './procedure.js';
import { statusError } from './status-error.js';

/** Whom to tell of a call that has worked, but. */
export type OnWarning = (warning: IscsiWarning) => void;

/** Tells of a warning, the process itself where the caller has named nobody. */
export function tellWarning(call: NativeCall, status: number, onWarning: OnWarning = emitWarning): void {
  if (isWarning(status)) onWarning(statusError(status, call));
}

const emitted = new Set<string>();

// Once for each status and function: a watch would fill the log.
function emitWarning(warning: IscsiWarning): void {
  const what = `${warning.errno} ${warning.syscall}`;
  if (emitted.has(what)) return;
  emitted.add(what);
  try {
    process.emitWarning(warning);
  } catch {
    // In a context of node:vm, as test runners make them, Node does not take our errors for errors.
    process.emitWarning(warning.message, { type: warning.name, code: warning.code });
  }
}
