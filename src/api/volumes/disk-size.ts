import type { Procedure } from '../../call/procedure.js';
import { resultOf, slowWindowsCall, withHandle } from '../../call/windows-call.js';
import { WindowsReply } from '../../call/windows-reply.js';
import { IOCTL_DISK_GET_DRIVE_GEOMETRY_EX } from '../../header/windows.js';
import type { Library } from '../../native/library.js';
import { askDevice, openToAsk } from './open-device.js';

// DISK_GEOMETRY_EX: DISK_GEOMETRY, which has 24 bytes, then the size, then what is known of the partitions.
const SIZE_OFFSET = 24;
const SIZE_END = 32;
const ANSWER_SIZE = 256;

/** How many bytes a disk holds, as Windows knows it. It can ask the disk, and needs no rights. */
export function* diskSize(library: Library, deviceNumber: number): Procedure<bigint> {
  return yield* withHandle(openToAsk(library, `\\\\.\\PhysicalDrive${deviceNumber}`), 'CloseHandle', function* (disk) {
    const memory = new WindowsReply(ANSWER_SIZE, 'DeviceIoControl');
    yield* resultOf(askDevice(library, disk, IOCTL_DISK_GET_DRIVE_GEOMETRY_EX, null, memory, slowWindowsCall));
    return readDiskSize(memory);
  });
}

/** Reads the size of `DISK_GEOMETRY_EX`. */
export function readDiskSize(memory: WindowsReply): bigint {
  const { reply, bytes } = memory;
  const used = memory.usedOf(bytes.length, 'lpBytesReturned');
  if (used < SIZE_END) throw reply.malformed('DiskSize', SIZE_OFFSET, `the answer ends before it, after ${used} bytes`);
  const size = reply.view.getBigInt64(SIZE_OFFSET, true);
  if (size < 0n) throw reply.malformed('DiskSize', SIZE_OFFSET, 'the number is negative');
  return size;
}
