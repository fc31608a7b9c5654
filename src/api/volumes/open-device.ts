import { slowWindowsCall, type WindowsCall, windowsCall } from '../../call/windows-call.js';
import {
  FILE_SHARE_DELETE,
  FILE_SHARE_READ,
  FILE_SHARE_WRITE,
  GENERIC_READ,
  GENERIC_WRITE,
  NO_ACCESS,
  OPEN_EXISTING,
} from '../../header/windows.js';
import type { Library } from '../../native/library.js';

const SHARE_ALL = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

/** Opens a device to ask what it is. It needs no rights, and disturbs nobody who uses the device. */
export function openToAsk(library: Library, path: string): WindowsCall {
  return windowsCall(library, 'CreateFileW', path, NO_ACCESS, SHARE_ALL, null, OPEN_EXISTING, 0, 0n);
}

/** Opens a device to have it do something, which needs the rights of an administrator. It can wait for the disk. */
export function openToChange(
  library: Library,
  path: string,
  access: number = GENERIC_READ + GENERIC_WRITE,
): WindowsCall {
  const share = FILE_SHARE_READ | FILE_SHARE_WRITE;
  return slowWindowsCall(library, 'CreateFileW', path, access, share, null, OPEN_EXISTING, 0, 0n);
}

/** Has a device do something that needs no input and has no output. */
export function controlDevice(library: Library, device: bigint, code: number): WindowsCall {
  const returned = new Uint32Array(new ArrayBuffer(4));
  return slowWindowsCall(library, 'DeviceIoControl', device, code, null, 0, null, 0, returned, null);
}

/** Asks a device something. The answer comes into the memory. `call` is `slowWindowsCall` where it can wait for the disk. */
export function askDevice(
  library: Library,
  device: bigint,
  code: number,
  input: Buffer | null,
  { bytes, used }: { readonly bytes: Buffer; readonly used: Uint32Array },
  call = windowsCall,
): WindowsCall {
  const inputSize = input?.length ?? 0;
  return call(library, 'DeviceIoControl', device, code, input, inputSize, bytes, bytes.length, used, null);
}
