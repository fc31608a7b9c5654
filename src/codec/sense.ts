import { additionalSense } from '../header/additional-sense.js';
import { SENSE_KEYS } from '../header/scsi.js';
import { type Named, nameOf } from './numbers.js';

/** The status of a SCSI command. */
export type ScsiStatus = Named<
  | 'good'
  | 'checkCondition'
  | 'conditionMet'
  | 'busy'
  | 'reservationConflict'
  | 'taskSetFull'
  | 'acaActive'
  | 'taskAborted'
>;

/** The kind of a failure. */
export type SenseKey = Named<
  | 'noSense'
  | 'recoveredError'
  | 'notReady'
  | 'mediumError'
  | 'hardwareError'
  | 'illegalRequest'
  | 'unitAttention'
  | 'dataProtect'
  | 'blankCheck'
  | 'vendorSpecific'
  | 'copyAborted'
  | 'abortedCommand'
  | 'volumeOverflow'
  | 'miscompare'
  | 'completed'
>;

/** Why a device refused a command, in its own words. */
export interface SenseData {
  /** The format: 0x70 to 0x73. Of another number nothing but `raw` is known. */
  readonly responseCode: number;
  /** The failure is that of an earlier command, whose success had been reported (0x71 and 0x73). */
  readonly isDeferred: boolean;
  /** The kind of failure; null if it was not sent. */
  readonly key: SenseKey | null;
  /** The additional sense code; null if it was not sent. */
  readonly asc: number | null;
  /** Its qualifier; null if it was not sent. */
  readonly ascq: number | null;
  /** T10's text for the code and its qualifier; null for vendors' own codes, and those that are not in this package's table. */
  readonly description: string | null;
  /** All bytes that arrived, in hexadecimal. */
  readonly raw: string;
}

/** Reads sense data, of the fixed and of the descriptor format. Null if nothing was written. */
export function readSense(bytes: Buffer): SenseData | null {
  if (bytes.every(byte => byte === 0)) return null;
  const responseCode = (bytes[0] ?? 0) & 0x7f;
  const format = FORMATS[responseCode];
  const sent = format ? bytes.subarray(0, format.sent(bytes)) : Buffer.alloc(0);
  const key = format && sent[format.key];
  const [asc = null, ascq = null] = format ? [sent[format.asc], sent[format.asc + 1]] : [];
  return {
    responseCode,
    isDeferred: format?.isDeferred ?? false,
    key: key === undefined ? null : nameOf(SENSE_KEYS, key & 0x0f),
    asc,
    ascq,
    description: asc === null || ascq === null ? null : additionalSense(asc, ascq),
    raw: bytes.toString('hex'),
  };
}

/** How sense data is laid out. */
interface SenseFormat {
  readonly isDeferred: boolean;
  readonly key: number;
  readonly asc: number;
  /** How many bytes count. */
  sent(bytes: Buffer): number;
}

// The length of what follows. Without it, what lies behind it was not sent.
const ADDITIONAL_LENGTH = 7;
const FIXED = {
  key: 2,
  asc: 12,
  sent: (bytes: Buffer) => ADDITIONAL_LENGTH + 1 + (bytes[ADDITIONAL_LENGTH] ?? 0),
};
// The code is in the head, and descriptors are not read.
const DESCRIPTOR = { key: 1, asc: 2, sent: () => ADDITIONAL_LENGTH + 1 };
const FORMATS: Readonly<Record<number, SenseFormat>> = {
  112: { ...FIXED, isDeferred: false },
  113: { ...FIXED, isDeferred: true },
  114: { ...DESCRIPTOR, isDeferred: false },
  115: { ...DESCRIPTOR, isDeferred: true },
};
