import { type Check, checkMembers } from '../arguments.js';
import { statusError as errorOf } from '../call/status.js';
import { invalidArgument, type StatusError } from '../errors.js';
import { type ExportName, parametersOf } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { SUCCESS } from '../native/status.js';
import { systemLibrary } from '../native/system-library.js';

/** Where a status comes from. */
export interface StatusErrorDetails {
  /** The export that returned it. */
  syscall: ExportName;
  /** The library whose text `systemMessage` is. Defaults to Windows' own. */
  library?: Library | undefined;
}

const CHECKS: Readonly<Record<keyof StatusErrorDetails, Check>> = {
  syscall: ['the name of an export', value => typeof value === 'string' && parametersOf(value) !== undefined],
  library: ['a Library', value => typeof (value as Partial<Library> | null)?.func === 'function'],
};

/**
 * The error for the status of a raw call, with the same `code`, `hint` and `systemMessage` as the errors of the other
 * functions; `undefined` for success. For a status `0xAFFF....`, where the call has succeeded, it is a `StatusWarning`.
 * Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`.
 */
export function statusError(status: number, details: StatusErrorDetails): StatusError | undefined {
  if (!Number.isInteger(status) || status < -(2 ** 31) || status >= 2 ** 32) {
    throw invalidArgument('The status must be a 32-bit number', status);
  }
  const { syscall, library } = checkMembers('details', details, CHECKS);
  if (syscall === undefined) throw invalidArgument('syscall must be the name of an export', syscall);
  if (status === SUCCESS) return undefined;
  const texts = { systemMessage: (errno: number) => (library ?? systemLibrary()).systemMessage?.(errno) };
  return errorOf(status, { syscall, library: texts });
}
