import { STATUS_ROWS, type StatusName } from '../header/statuses.js';

/** The status of a call that did what it was asked. */
export const SUCCESS = 0;

/** A status that says: done, at least in part, but look. iscsidsc.h has three such codes. */
export function isWarning(status: number): boolean {
  return status >>> 16 === 0xafff;
}

/** Whether the call did what it was asked, with a warning or without. */
export function hasWorked(status: number): boolean {
  return status === SUCCESS || isWarning(status);
}

export const ERROR_INVALID_PARAMETER = 87;
export const ERROR_INSUFFICIENT_BUFFER = 122;
export const ERROR_NOACCESS = 998;

type Row = readonly [status: number, name: StatusName, meaning: string, hint: string];

const byNumber = new Map<number, Row>(STATUS_ROWS.map(row => [row[0], row]));
const byName = new Map<string, Row>(STATUS_ROWS.map(row => [row[1], row]));

/** The Win32 code inside an HRESULT such as 0x8007007A; any other status as it is. */
export function win32CodeOf(status: number): number {
  const unsigned = status >>> 0;
  return unsigned >>> 16 === 0x8007 ? unsigned & 0xffff : unsigned;
}

/** What is known of a status, by its number (also as an HRESULT). */
export function statusRow(status: number): Row | undefined {
  return byNumber.get(win32CodeOf(status));
}

/** The number of a status name such as `ISDSC_SERVICE_NOT_RUNNING`. */
export function statusOf(name: string): number | undefined {
  return byName.get(name)?.[0];
}

/** `0xEFFF003E`, as Microsoft writes it. */
export function hexStatus(status: number): string {
  return `0x${(status >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}
