import type { TypeObject } from 'koffi';
import { koffi } from '../native/koffi.js';

/** An address that a simulated function was given; null for NULL. */
export type Address = bigint | null;

export function readUint32(address: bigint): number {
  return koffi().decode(address, 'uint32');
}

export function writeUint32(address: bigint, value: number): void {
  koffi().encode(address, 'uint32', value);
}

const arrays = new Map<number, TypeObject>();

/**
 * Copies bytes to an address. Never through koffi.view, which aborts the whole process in Electron, and not with a
 * length: Koffi makes an array type for it each time and keeps some of it forever. The types of a few lengths do.
 */
export function writeBytes(address: bigint, bytes: Buffer): void {
  for (let at = 0, length = 0; at < bytes.length; at += length) {
    length = largestPowerOfTwo(bytes.length - at);
    koffi().encode(address + BigInt(at), arrayOf(length), bytes.subarray(at, at + length));
  }
}

/** A copy of the bytes at an address. */
export function readBytes(address: bigint, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0, part = 0; at < length; at += part) {
    part = largestPowerOfTwo(length - at);
    bytes.set(koffi().decode(address + BigInt(at), arrayOf(part)), at);
  }
  return bytes;
}

/** The pointer at this place; null for NULL. */
export function readPointer(bytes: Buffer, at: number): Address {
  const address = koffi().sizeof('void *') === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUInt32LE(at));
  return address === 0n ? null : address;
}

function arrayOf(length: number): TypeObject {
  const type = arrays.get(length) ?? koffi().array('uint8', length);
  arrays.set(length, type);
  return type;
}

function largestPowerOfTwo(most: number): number {
  return 2 ** (31 - Math.clz32(most));
}

export function readUint64(address: bigint): bigint {
  return BigInt(koffi().decode(address, 'uint64'));
}

export function writeUint64(address: bigint, value: bigint): void {
  koffi().encode(address, 'uint64', value);
}
