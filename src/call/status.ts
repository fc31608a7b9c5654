import { type ErrorDetails, StatusError, StatusWarning } from '../errors.js';
import type { StatusName } from '../header/statuses.js';
import { WINDOWS_SIGNATURES } from '../header/windows.js';
import type { ExportName } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { hexStatus, isWarning, statusRow } from '../native/status.js';
import type { WindowsFunctionName } from '../native/windows-functions.js';
import type { NativeCall } from './procedure.js';

const UNKNOWN_HINT = 'Windows may have a text for it, see systemMessage.';

/** What an error says besides its status. */
export interface Besides extends Pick<ErrorDetails, 'portalRegistered' | 'scsiStatus' | 'sense' | 'cause'> {
  /** A sentence in front of the hint. */
  readonly effect?: string;
}

/** The error for a status other than success, a warning where it is one. */
export function statusError(
  status: number,
  {
    library,
    syscall,
  }: { readonly library: Pick<Library, 'systemMessage'>; readonly syscall: ExportName | WindowsFunctionName },
  { effect, ...besides }: Besides = {},
): StatusError {
  const errno = status >>> 0;
  const Status = isWarning(errno) ? StatusWarning : StatusError;
  const [code, message, advice] = textOf(errno, syscall);
  const hint = effect === undefined ? advice : `${effect} ${advice}`;
  return new Status(code, message, { errno, syscall, hint, ...besides }, () => {
    try {
      return library.systemMessage?.(errno);
    } catch {
      // The error that is being looked at matters more.
      return undefined;
    }
  });
}

function textOf(
  errno: number,
  syscall: ExportName | WindowsFunctionName,
): [code: StatusName | 'ERR_ISCSIDSC_UNKNOWN_STATUS', message: string, hint: string] {
  const where = `(${syscall}, ${hexStatus(errno)})`;
  const row = statusRow(errno);
  if (row === undefined) {
    const what = Object.hasOwn(WINDOWS_SIGNATURES, syscall)
      ? 'Windows reported an unknown error'
      : 'The initiator answered an unknown status';
    return ['ERR_ISCSIDSC_UNKNOWN_STATUS', `${what} ${where}.`, UNKNOWN_HINT];
  }
  const [, name, meaning, hint] = row;
  return [name, `${name}: ${meaning.replace(/\.$/, '')} ${where}.`, hint];
}

/** Called when a call succeeds with a warning. */
export type OnWarning = (warning: StatusWarning) => void;

/** Reports a warning: to the process if the caller named nobody. */
export function tellWarning(call: NativeCall, status: number, onWarning: OnWarning = emitWarning): void {
  if (isWarning(status)) onWarning(statusError(status, call));
}

const emitted = new Set<string>();

/** Emits a warning of the process, once for each status and function: a watch would fill the log. */
export function emitWarning(warning: StatusWarning): void {
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
