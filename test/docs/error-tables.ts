import { STATUS_ROWS, type StatusRow } from '../../src/header/statuses.js';
import { isWarning } from '../../src/native/status.js';
import { OWN_ERRORS } from './own-errors.js';
import { markdownTable } from './table.js';

// Those that users meet, in the order in which they meet them.
const MET = [
  'ISDSC_SERVICE_NOT_RUNNING',
  'ERROR_ACCESS_DENIED',
  'RPC_S_UNKNOWN_IF',
  'ISDSC_INVALID_SESSION_ID',
  'ISDSC_DEVICE_BUSY_ON_SESSION',
  'ISDSC_TARGET_NOT_FOUND',
];

/** What users meet, and what to do about it. */
export function metErrorTable(): string {
  return statusTable(
    MET.map(met => {
      const row = STATUS_ROWS.find(([, name]) => name === met);
      if (!row) throw new Error(`no status ${met}`);
      return row;
    }),
  );
}

/** The codes of the package itself. */
export function ownErrorTable(): string {
  const rows = Object.entries(OWN_ERRORS).map(([code, [meaning, advice]]) => [`\`${code}\``, meaning, advice]);
  return markdownTable(['code', 'what it means', 'what to do'], rows);
}

/** The statuses of iscsidsc.h that are errors. */
export function initiatorErrorTable(): string {
  return statusTable(STATUS_ROWS.filter(row => !isWin32(row) && !isWarning(row[0])));
}

/** Those with which the call has worked. */
export function warningTable(): string {
  return statusTable(STATUS_ROWS.filter(([status]) => isWarning(status)));
}

/** Windows' own, as far as the initiator is known to answer with them. */
export function win32ErrorTable(): string {
  return statusTable(STATUS_ROWS.filter(isWin32));
}

function statusTable(rows: readonly StatusRow[]): string {
  return markdownTable(
    ['code', '`errno`', 'what it means', 'what to do'],
    rows.map(row => [`\`${row[1]}\``, errno(row), row[2], row[3]]),
  );
}

function errno(row: StatusRow): string {
  return isWin32(row) ? String(row[0]) : `0x${row[0].toString(16).toUpperCase()}`;
}

function isWin32([status]: StatusRow): boolean {
  return status <= 0xffff;
}
