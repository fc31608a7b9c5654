const DIGITS = Uint8Array.from('0123456789abcdef', digit => digit.charCodeAt(0));

function digit(value: number): number {
  return DIGITS[value & 15] as number;
}

/** Bytes as lower-case hexadecimal, in the order in which they lie. */
export function hexBytes(view: DataView, offset: number, length: number): string {
  let text = '';
  for (let index = offset; index < offset + length; index++) {
    const byte = view.getUint8(index);
    text += String.fromCharCode(digit(byte >>> 4), digit(byte));
  }
  return text;
}

/** A 64-bit number that lies little-endian, as lower-case hexadecimal without padding. */
export function hexUint64(view: DataView, offset: number): string {
  const low = view.getUint32(offset, true);
  const high = view.getUint32(offset + 4, true);
  if (high === 0) return low.toString(16);
  // Half the time of a BigInt's toString, and an eighth of a number's above 2^31.
  const text = String.fromCharCode(
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
  return high >>> 28 === 0 ? text.replace(/^0+/, '') : text;
}
