import type { WindowsReply } from '../../call/windows-reply.js';
import type { DiskExtent } from './volume.js';

// VOLUME_DISK_EXTENTS: a DWORD with the number of extents, and behind four bytes the extents. DISK_EXTENT: a DWORD with
// the number of the disk, and behind four bytes two LARGE_INTEGERs. It is the same in processes of 32 and 64 bits.
export const EXTENTS_HEAD = 8;
export const EXTENT_SIZE = 24;
const STARTING_OFFSET = 8;
const EXTENT_LENGTH = 16;

/** Reads `VOLUME_DISK_EXTENTS`. */
export function readDiskExtents(memory: WindowsReply): DiskExtent[] {
  const { reply, bytes } = memory;
  const { view } = reply;
  const used = memory.usedOf(bytes.length, 'lpBytesReturned');
  const count = used < EXTENTS_HEAD ? 0 : view.getUint32(0, true);
  if (count === 0) throw reply.malformed('NumberOfDiskExtents', 0, 'a volume lies on one disk at least');
  if (EXTENTS_HEAD + count * EXTENT_SIZE > used) {
    throw reply.malformed('NumberOfDiskExtents', 0, `${count} extents do not fit into ${used} bytes`);
  }
  return Array.from({ length: count }, (_, index) => {
    const at = EXTENTS_HEAD + index * EXTENT_SIZE;
    const size = (offset: number, member: string) => {
      const value = view.getBigInt64(at + offset, true);
      if (value >= 0n) return value;
      throw reply.malformed(`Extents[${index}].${member}`, at + offset, 'the number is negative');
    };
    return {
      deviceNumber: view.getUint32(at, true),
      startingOffset: size(STARTING_OFFSET, 'StartingOffset'),
      length: size(EXTENT_LENGTH, 'ExtentLength'),
    };
  });
}
