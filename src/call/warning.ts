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

function emitWarning(warning: IscsiWarning): void {
  process.emitWarning(warning);
}
