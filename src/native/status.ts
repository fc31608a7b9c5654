import { STATUS_ROWS } from '../header/statuses.js';

/** The status of a call that did what it was asked. */
export const SUCCESS = 0;

/** True for success-with-warning statuses (0xAFFFxxxx). iscsidsc.h has three of them. */
export function isWarning(status: number): boolean {
  return status >>> 16 === 0xafff;
}

/** Whether the call succeeded, with a warning or without. */
export function hasWorked(status: number): boolean {
  return status === SUCCESS || isWarning(status);
}

export const ERROR_INVALID_PARAMETER = 87;
export const ERROR_INSUFFICIENT_BUFFER = 122;
export const ERROR_NOACCESS = 998;
export const ERROR_SERVICE_ALREADY_RUNNING = 1056;
export const ERROR_SERVICE_SPECIFIC_ERROR = 1066;

type KnownStatus = (typeof STATUS_ROWS)[number];

const byNumber = new Map<number, KnownStatus>(STATUS_ROWS.map(row => [row[0], row]));
const byName = new Map<string, KnownStatus>(STATUS_ROWS.map(row => [row[1], row]));

/** The Win32 code inside an HRESULT such as 0x8007007A; any other status as it is. */
export function win32CodeOf(status: number): number {
  const unsigned = status >>> 0;
  return unsigned >>> 16 === 0x8007 ? unsigned & 0xffff : unsigned;
}

/** What is known of a status, by its number (also as an HRESULT). */
export function statusRow(status: number): KnownStatus | undefined {
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
