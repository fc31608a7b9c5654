import { invalidArgument } from '../errors.js';
import { MOST_LUN } from '../lun.js';

/** A LUN as it is given: its number, or the eight bytes of it as the mappings print them, such as `'100'` for LUN 1. */
export type LunInput = number | string;

// What is below 256 is sent by peripheral device addressing, the rest by flat space addressing.
const FLAT = 0x40;

/** The eight bytes of a LUN, read from the last to the first. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`. */
export function wireLun(lun: LunInput): bigint {
  if (typeof lun === 'string' && /^[0-9a-f]{1,16}$/i.test(lun)) return BigInt(`0x${lun}`);
  if (typeof lun !== 'number' || !Number.isInteger(lun) || lun < 0 || lun > MOST_LUN) {
    throw invalidArgument(`lun must be a whole number from 0 to ${MOST_LUN}, or text such as '100' in mappings`, lun);
  }
  return BigInt(lun < 256 ? lun << 8 : FLAT | (lun >> 8) | ((lun & 0xff) << 8));
}

/** The number of a LUN; null for one of several levels, or of another kind of addressing. */
export function lunNumber(wire: bigint): number | null {
  if (wire > 0xffffn) return null;
  const [first, second] = [Number(wire & 0xffn), Number(wire >> 8n)];
  if (first === 0) return second;
  return first >> 6 === 1 ? ((first & 0x3f) << 8) | second : null;
}

/** Whether two are one LUN. A target can write its number in another way than `wireLun`. */
export function isSameLun(one: bigint, other: bigint): boolean {
  const number = lunNumber(one);
  return one === other || (number !== null && number === lunNumber(other));
}
