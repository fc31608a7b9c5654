import { IscsidscError } from '../errors.js';
import { kernel32Function } from './kernel32.js';
import { koffi } from './koffi.js';

const MAX_PATH = 260;

/** The folder of Windows' own libraries. */
export function systemDirectory(): string {
  const getSystemDirectory = kernel32Function<number>('GetSystemDirectoryW', 'uint32', [
    koffi().pointer('uint16'),
    'uint32',
  ]);
  const path = new Uint16Array(MAX_PATH);
  const length = getSystemDirectory(path, path.length);
  if (length === 0 || length >= path.length) {
    throw new IscsidscError('ERR_ISCSIDSC_LIBRARY_LOAD', 'Windows does not tell the folder of its own libraries.', {
      syscall: 'GetSystemDirectoryW',
    });
  }
  return String.fromCharCode(...path.subarray(0, length));
}
