import { invalidArgument } from '../errors.js';

/** A GUID as text, lower case, with hyphens: the first three of its numbers lie little-endian, the rest as bytes. */
export function readGuid(bytes: Buffer, offset: number): string {
  const number = (at: number, length: number) =>
    bytes
      .readUIntLE(offset + at, length)
      .toString(16)
      .padStart(length * 2, '0');
  const rest = bytes.toString('hex', offset + 8, offset + 16);
  return `${number(0, 4)}-${number(4, 2)}-${number(6, 2)}-${rest.slice(0, 4)}-${rest.slice(4)}`;
}

/** The sixteen bytes of a GUID. */
export function guidBytes(guid: string): Buffer {
  if (typeof guid !== 'string' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(guid)) {
    throw invalidArgument('A GUID is 32 hexadecimal digits with four hyphens', guid);
  }
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}
