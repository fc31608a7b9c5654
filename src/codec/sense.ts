import { ADDITIONAL_SENSE, SENSE_KEYS } from '../header/scsi.js';
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

/** What a device says of a command that has failed. */
export interface SenseData {
  /** 0x70 and 0x72: of this command; 0x71 and 0x73: of an earlier one. */
  readonly responseCode: number;
  /** The kind of failure. */
  readonly key: SenseKey;
  /** The additional sense code. */
  readonly asc: number;
  /** Its qualifier. */
  readonly ascq: number;
  /** The standard's text for the code and its qualifier; null for one that it does not have. */
  readonly description: string | null;
  /** All bytes that the device has sent, in hexadecimal. */
  readonly raw: string;
}

/** Reads sense data, of the fixed and of the descriptor format. Null for what is neither, or too short. */
export function readSense(bytes: Buffer): SenseData | null {
  const responseCode = (bytes[0] ?? 0) & 0x7f;
  const at = PLACES[responseCode];
  if (at === undefined || bytes.length <= at.key) return null;
  const [key = 0, asc = 0, ascq = 0] = [bytes[at.key], bytes[at.asc], bytes[at.asc + 1]];
  return {
    responseCode,
    key: nameOf(SENSE_KEYS, key & 0x0f),
    asc,
    ascq,
    description: ADDITIONAL_SENSE[(asc << 8) | ascq] ?? null,
    raw: bytes.toString('hex'),
  };
}

const FIXED = { key: 2, asc: 12 };
const DESCRIPTOR = { key: 1, asc: 2 };
const PLACES: Readonly<Record<number, typeof FIXED>> = {
  112: FIXED,
  113: FIXED,
  114: DESCRIPTOR,
  115: DESCRIPTOR,
};
