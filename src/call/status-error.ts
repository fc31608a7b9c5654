import { IscsiError, IscsiWarning } from '../errors.js';
import { hexStatus, isWarning, statusRow } from '../native/status.js';
import type { NativeCall } from './procedure.js';

const UNKNOWN_HINT = 'Windows may have a text for it, see systemMessage.';

/** The error for a status other than success, a warning where it is one. */
export function statusError(status: number, { library, syscall }: Pick<NativeCall, 'library' | 'syscall'>): IscsiError {
  const errno = status >>> 0;
  const where = `(${syscall}, ${hexStatus(errno)})`;
  const Status = isWarning(errno) ? IscsiWarning : IscsiError;
  const systemMessage = () => library.systemMessage?.(errno);
  const row = statusRow(errno);
  if (row === undefined) {
    const message = `The initiator answered an unknown status ${where}.`;
    return new Status('ERR_ISCSIDSC_UNKNOWN_STATUS', message, { hint: UNKNOWN_HINT, errno, syscall }, systemMessage);
  }
  const [, name, meaning, hint] = row;
  const message = `${name}: ${meaning.replace(/\.$/, '')} ${where}.`;
  return new Status(name, message, { errno, syscall, hint }, systemMessage);
}
