import { EXTENT_SIZE, EXTENTS_HEAD } from '../../api/volumes/disk-extents.js';
import {
  BUS_TYPE_ISCSI,
  ERROR_ACCESS_DENIED,
  ERROR_FILE_NOT_FOUND,
  ERROR_INVALID_FUNCTION,
  ERROR_INVALID_HANDLE,
  ERROR_MORE_DATA,
  ERROR_NO_MORE_FILES,
  ERROR_NOT_LOCKED,
  ERROR_NOT_READY,
  FSCTL_LOCK_VOLUME,
  FSCTL_UNLOCK_VOLUME,
  IOCTL_DISK_GET_DRIVE_GEOMETRY_EX,
  IOCTL_SCSI_RESCAN_BUS,
  IOCTL_STORAGE_QUERY_PROPERTY,
  IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS,
  NO_ACCESS,
} from '../../header/windows.js';
import { ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_PARAMETER } from '../../native/status.js';
import { SCSI_PORT } from '../devices/examples.js';
import type { InitiatorState } from '../state.js';
import { Failure, type WindowsAnswers } from '../windows/answers.js';
import { diskSize, isSamePath, type MachineVolume, volumesOf } from './volumes.js';

const TRUE = 1n;
const BUS_TYPE_SATA = 11;
const BUS_TYPE_OFFSET = 24;
const ADAPTER_DESCRIPTOR_SIZE = 32;

const DISK_SIZE_OFFSET = 24;
const GEOMETRY_SIZE = 40;

/** The bus types of the machine's ports, by their number. */
const PORTS: ReadonlyMap<number, number> = new Map([
  [0, BUS_TYPE_SATA],
  [SCSI_PORT, BUS_TYPE_ISCSI],
]);

/** A search for volumes: the names that it has not returned yet. */
class VolumeSearch {
  readonly names: string[];

  constructor(names: readonly string[]) {
    this.names = [...names];
  }
}

/** A volume that is open, by its name: it can be gone meanwhile. */
class OpenVolume {
  readonly name: string;
  readonly access: number;
  isLocked = false;

  constructor(name: string, access: number) {
    this.name = name;
    this.access = access;
  }
}

class OpenPort {
  readonly busType: number;
  readonly access: number;

  constructor(busType: number, access: number) {
    this.busType = busType;
    this.access = access;
  }
}

/** A disk of a session that is open, by its number: it can be gone meanwhile. */
class OpenDisk {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }
}

type Answer = Required<WindowsAnswers>['DeviceIoControl'];

const findFirst: Answer = (state, buffer, size) => {
  const search = new VolumeSearch(volumesOf(state).map(({ name }) => name));
  const written = writeNext(search, buffer, size);
  return written instanceof Failure ? written : state.handles.open(search);
};

const findNext: Answer = (state, handle, buffer, size) => {
  const search = state.handles.get(VolumeSearch, handle);
  return search ? writeNext(search, buffer, size) : new Failure(ERROR_INVALID_HANDLE);
};

const pathNames: Answer = (state, name, buffer, size, returned) => {
  const volume = volumeAt(state, name, true);
  if (volume === undefined) return new Failure(ERROR_FILE_NOT_FOUND);
  const text = `${volume.paths.map(path => `${path}\0`).join('')}\0`;
  writeNumber(returned, text.length);
  return writeText(text, buffer, size) ? TRUE : new Failure(ERROR_MORE_DATA);
};

const nameForMountPoint: Answer = (state, path, buffer, size) => {
  const volume = volumesOf(state).find(({ paths }) => paths.some(each => isSamePath(each, String(path))));
  if (volume === undefined || !String(path).endsWith('\\')) return new Failure(ERROR_FILE_NOT_FOUND);
  return writeText(`${volume.name}\0`, buffer, size) ? TRUE : new Failure(ERROR_INVALID_PARAMETER);
};

const open: Answer = (state, path, access) => {
  const [, disk] = /^\\\\\.\\PhysicalDrive(\d+)$/i.exec(String(path)) ?? [];
  if (disk !== undefined && diskSize(state, Number(disk)) !== undefined) {
    return access === NO_ACCESS || state.isElevated
      ? state.handles.open(new OpenDisk(Number(disk)))
      : new Failure(ERROR_ACCESS_DENIED);
  }
  const [, port] = /^\\\\\.\\Scsi(\d+):$/i.exec(String(path)) ?? [];
  const busType = port === undefined ? undefined : PORTS.get(Number(port));
  const volume = busType === undefined ? volumeAt(state, path, false) : undefined;
  if (busType === undefined && volume === undefined) return new Failure(ERROR_FILE_NOT_FOUND);
  if (access !== NO_ACCESS && !state.isElevated) return new Failure(ERROR_ACCESS_DENIED);
  return state.handles.open(
    volume ? new OpenVolume(volume.name, Number(access)) : new OpenPort(busType ?? 0, Number(access)),
  );
};

const control: Answer = (state, handle, code, ...args) => {
  const [, , buffer, size, returned] = args;
  const volume = state.handles.get(OpenVolume, handle);
  if (volume) return controlVolume(state, volume, code, { buffer, size, returned });
  const port = state.handles.get(OpenPort, handle);
  if (port) return controlPort(state, port, code, { buffer, size, returned });
  const disk = state.handles.get(OpenDisk, handle);
  if (disk) return controlDisk(state, disk, code, { buffer, size, returned });
  return new Failure(ERROR_INVALID_HANDLE);
};

const close: Answer = (state, handle) => (state.handles.close(handle) ? TRUE : new Failure(ERROR_INVALID_HANDLE));

interface Output {
  readonly buffer: unknown;
  readonly size: unknown;
  readonly returned: unknown;
}

function controlVolume(state: InitiatorState, opened: OpenVolume, code: unknown, output: Output): bigint | Failure {
  const volume = volumesOf(state).find(({ name }) => name === opened.name);
  // A disk that is gone while it is open.
  if (volume === undefined || (volume.disks.length === 0 && code === IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS)) {
    return new Failure(ERROR_NOT_READY);
  }
  switch (code) {
    case IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS:
      return writeExtents(volume, output);
    case FSCTL_LOCK_VOLUME:
      if (volume.inUse || opened.access === NO_ACCESS) return new Failure(ERROR_ACCESS_DENIED);
      opened.isLocked = true;
      return TRUE;
    case FSCTL_UNLOCK_VOLUME:
      if (!opened.isLocked) return new Failure(ERROR_NOT_LOCKED);
      opened.isLocked = false;
      return TRUE;
    default:
      return new Failure(ERROR_INVALID_FUNCTION);
  }
}

function writeExtents({ disks }: MachineVolume, { buffer, size, returned }: Output): bigint | Failure {
  const bytes = Buffer.alloc(EXTENTS_HEAD + EXTENT_SIZE * disks.length);
  bytes.writeUInt32LE(disks.length);
  for (const [index, { deviceNumber, startingOffset, length }] of disks.entries()) {
    const at = EXTENTS_HEAD + EXTENT_SIZE * index;
    bytes.writeUInt32LE(deviceNumber, at);
    bytes.writeBigInt64LE(startingOffset, at + 8);
    bytes.writeBigInt64LE(length, at + 16);
  }
  if (Number(size) < EXTENTS_HEAD + EXTENT_SIZE) return new Failure(ERROR_INSUFFICIENT_BUFFER);
  const fitting = bytes.subarray(0, Number(size));
  memoryOf(buffer).set(fitting);
  writeNumber(returned, fitting.length);
  return fitting.length === bytes.length ? TRUE : new Failure(ERROR_MORE_DATA);
}

function controlPort(state: InitiatorState, port: OpenPort, code: unknown, output: Output): bigint | Failure {
  switch (code) {
    case IOCTL_STORAGE_QUERY_PROPERTY: {
      const bytes = Buffer.alloc(ADAPTER_DESCRIPTOR_SIZE);
      bytes.writeUInt32LE(bytes.length, 0);
      bytes.writeUInt32LE(bytes.length, 4);
      bytes[BUS_TYPE_OFFSET] = port.busType;
      const fitting = bytes.subarray(0, Number(output.size));
      memoryOf(output.buffer).set(fitting);
      writeNumber(output.returned, fitting.length);
      return TRUE;
    }
    case IOCTL_SCSI_RESCAN_BUS:
      if (port.access === NO_ACCESS) return new Failure(ERROR_ACCESS_DENIED);
      if (port.busType === BUS_TYPE_ISCSI) state.table.rescan();
      return TRUE;
    default:
      return new Failure(ERROR_INVALID_FUNCTION);
  }
}

function controlDisk(state: InitiatorState, disk: OpenDisk, code: unknown, output: Output): bigint | Failure {
  const size = diskSize(state, disk.number);
  if (size === undefined) return new Failure(ERROR_NOT_READY);
  if (code !== IOCTL_DISK_GET_DRIVE_GEOMETRY_EX) return new Failure(ERROR_INVALID_FUNCTION);
  if (Number(output.size) < GEOMETRY_SIZE) return new Failure(ERROR_INSUFFICIENT_BUFFER);
  const bytes = Buffer.alloc(GEOMETRY_SIZE);
  bytes.writeBigInt64LE(size, DISK_SIZE_OFFSET);
  memoryOf(output.buffer).set(bytes);
  writeNumber(output.returned, bytes.length);
  return TRUE;
}

/** The volume of that name. Some functions want a backslash at its end, and others must not be given it. */
function volumeAt(state: InitiatorState, name: unknown, withBackslash: boolean): MachineVolume | undefined {
  const text = String(name);
  if (text.endsWith('\\') !== withBackslash) return undefined;
  return volumesOf(state).find(volume => isSamePath(volume.name, text));
}

function writeNext(search: VolumeSearch, buffer: unknown, size: unknown): bigint | Failure {
  const [name] = search.names;
  if (name === undefined) return new Failure(ERROR_NO_MORE_FILES);
  if (!writeText(`${name}\0`, buffer, size)) return new Failure(ERROR_INSUFFICIENT_BUFFER);
  search.names.shift();
  return TRUE;
}

/** Whether there was room for it: the size counts characters. */
function writeText(text: string, buffer: unknown, size: unknown): boolean {
  if (text.length > Number(size)) return false;
  memoryOf(buffer).set(Buffer.from(text, 'utf16le'));
  return true;
}

function writeNumber(memory: unknown, value: number): void {
  const bytes = memoryOf(memory);
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).setUint32(0, value, true);
}

function memoryOf(memory: unknown): Uint8Array {
  if (ArrayBuffer.isView(memory)) return new Uint8Array(memory.buffer, memory.byteOffset, memory.byteLength);
  if (memory instanceof ArrayBuffer) return new Uint8Array(memory);
  throw new TypeError('The functions of the simulator take memory of JavaScript only.');
}

export const VOLUME_ANSWERS: WindowsAnswers = {
  FindFirstVolumeW: findFirst,
  FindNextVolumeW: findNext,
  FindVolumeClose: close,
  GetVolumePathNamesForVolumeNameW: pathNames,
  GetVolumeNameForVolumeMountPointW: nameForMountPoint,
  CreateFileW: open,
  DeviceIoControl: control,
  CloseHandle: close,
};
