import { IscsiError, IscsiWarning } from '../errors.js';
import { hexStatus, isWarning, statusRow } from '../native/status.js';
import type { NativeCall } from './procedure.js';

const UNKNOWN_HINT = 'Windows may have a text for it, see systemMessage.';

/** The error for a status other than success, a warning where it is one. */
export function statusError(status: number, { library, syscall }: Pick<NativeCall, 'library' | 'syscall'>): IscsiError {
  const errno = status >>> 0;
  const Status = isWarning(errno) ? IscsiWarning : IscsiError;
  const [code, message, hint] = textOf(errno, `(${syscall}, ${hexStatus(errno)})`);
  return new Status(code, message, { errno, syscall, hint }, () => {
    try {
      return library.systemMessage?.(errno);
    } catch {
      // The error that is being looked at matters more.
      return undefined;
    }
  });
}

function textOf(errno: number, where: string): [code: string, message: string, hint: string] {
  const row = statusRow(errno);
  if (row === undefined) {
    return ['ERR_ISCSIDSC_UNKNOWN_STATUS', `The initiator answered an unknown status ${where}.`, UNKNOWN_HINT];
  }
  const [, name, meaning, hint] = row;
  return [name, `${name}: ${meaning.replace(/\.$/, '')} ${where}.`, hint];
}
