import type { Procedure } from '../../call/procedure.js';
import { resultOf, withHandle } from '../../call/windows-call.js';
import { WindowsReply } from '../../call/windows-reply.js';
import { type IscsidscError, isIscsidscError } from '../../errors.js';
import {
  BUS_TYPE_ISCSI,
  ERROR_FILE_NOT_FOUND,
  ERROR_INVALID_FUNCTION,
  ERROR_NOT_SUPPORTED,
  IOCTL_SCSI_RESCAN_BUS,
  IOCTL_STORAGE_QUERY_PROPERTY,
  STORAGE_ADAPTER_PROPERTY,
} from '../../header/windows.js';
import type { Library } from '../../native/library.js';
import { callAsync } from '../call.js';
import type { AsyncOptions, CheckedOptions } from '../options.js';
import { askDevice, controlDevice, openToAsk, openToChange } from './open-device.js';

/** What has been rescanned. */
export interface RescannedPorts {
  /** The numbers of the initiator's ports, as `portNumber` of a device's `scsiAddress`. */
  portNumbers: number[];
}

// SCSI_ADDRESS has one byte for the number. There can be gaps.
const PORT_COUNT = 256;
/** What says that there is no such port, or one whose driver cannot say what its bus is. */
const NO_ISCSI: readonly (number | undefined)[] = [ERROR_FILE_NOT_FOUND, ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED];
const QUERY_SIZE = 12;
const DESCRIPTOR_SIZE = 64;
const SIZE_OFFSET = 4;
const BUS_TYPE_OFFSET = 24;

/**
 * Has Windows look for new disks on the ports of the initiator, for a LUN that the target has mapped after the login.
 * Needs the rights of an administrator. The disk appears a moment after it resolves.
 *
 * Rejects with `ERROR_ACCESS_DENIED` without these rights. If one port fails, the others are rescanned all the same. A
 * port that cannot be asked for its bus is taken for that of another adapter; if no port of the initiator is found, it
 * rejects with the reason.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/ioapiset/nf-ioapiset-deviceiocontrol with
 * https://learn.microsoft.com/windows-hardware/drivers/ddi/ntddscsi/ni-ntddscsi-ioctl_scsi_rescan_bus
 */
export async function rescanDisks(options?: AsyncOptions): Promise<RescannedPorts> {
  return await callAsync(options, rescan);
}

export function* rescan({ library }: CheckedOptions): Procedure<RescannedPorts> {
  const portNumbers: number[] = [];
  const failures: IscsidscError[] = [];
  let isFound = false;
  let unknown: IscsidscError | undefined;
  for (let number = 0; number < PORT_COUNT; number++) {
    const path = `\\\\.\\Scsi${number}:`;
    try {
      if ((yield* busTypeOf(library, path)) !== BUS_TYPE_ISCSI) continue;
    } catch (error) {
      if (!isIscsidscError(error)) throw error;
      if (!NO_ISCSI.includes(error.errno)) unknown ??= error;
      continue;
    }
    isFound = true;
    try {
      yield* rescanPort(library, path);
      portNumbers.push(number);
    } catch (error) {
      if (!isIscsidscError(error)) throw error;
      failures.push(error);
    }
  }
  const [failure = isFound ? undefined : unknown] = failures;
  if (failure) throw failure;
  return { portNumbers };
}

function* busTypeOf(library: Library, path: string): Procedure<number> {
  return yield* withHandle(openToAsk(library, path), 'CloseHandle', function* (port) {
    const query = Buffer.alloc(QUERY_SIZE);
    query.writeUInt32LE(STORAGE_ADAPTER_PROPERTY);
    const memory = new WindowsReply(DESCRIPTOR_SIZE, 'DeviceIoControl');
    yield* resultOf(askDevice(library, port, IOCTL_STORAGE_QUERY_PROPERTY, query, memory));
    return readBusType(memory);
  });
}

/** Reads the bus type of `STORAGE_ADAPTER_DESCRIPTOR`. */
export function readBusType(memory: WindowsReply): number {
  const { reply, bytes } = memory;
  const used = memory.usedOf(bytes.length, 'lpBytesReturned');
  const size = used < SIZE_OFFSET + 4 ? 0 : reply.view.getUint32(SIZE_OFFSET, true);
  if (Math.min(used, size) <= BUS_TYPE_OFFSET) {
    throw reply.malformed('BusType', BUS_TYPE_OFFSET, `the answer ends before it, after ${Math.min(used, size)} bytes`);
  }
  return reply.view.getUint8(BUS_TYPE_OFFSET);
}

function* rescanPort(library: Library, path: string): Procedure<void> {
  yield* withHandle(openToChange(library, path), 'CloseHandle', function* (port) {
    yield* resultOf(controlDevice(library, port, IOCTL_SCSI_RESCAN_BUS));
  });
}
