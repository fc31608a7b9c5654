import koffi from 'koffi';

/** An address that a simulated function was given; null for NULL. */
export type Address = bigint | null;

export function readUint32(address: bigint): number {
  return koffi.decode(address, 'uint32');
}

export function writeUint32(address: bigint, value: number): void {
  koffi.encode(address, 'uint32', value);
}

/** Copies bytes to an address. Never through koffi.view, which aborts the whole process in Electron. */
export function writeBytes(address: bigint, bytes: Buffer): void {
  if (bytes.length > 0) koffi.encode(address, 'uint8', bytes, bytes.length);
}

export function readUint64(address: bigint): bigint {
  return BigInt(koffi.decode(address, 'uint64'));
}
