import { IscsiError } from '../errors.js';
import type { ExportName } from '../native/functions.js';
import { hexStatus, statusRow } from '../native/status.js';

/** The error for a status other than success. */
export function statusError(status: number, syscall: ExportName): IscsiError {
  const errno = status >>> 0;
  const row = statusRow(errno);
  const where = `(${syscall}, ${hexStatus(errno)})`;
  if (row === undefined) {
    return new IscsiError('ERR_ISCSIDSC_UNKNOWN_STATUS', `The initiator answered an unknown status ${where}.`, {
      errno,
      syscall,
    });
  }
  const [, name, meaning, hint] = row;
  return new IscsiError(name, `${name}: ${meaning.replace(/\.$/, '')} ${where}.`, {
    errno,
    syscall,
    ...(hint === undefined ? {} : { hint }),
  });
}
