import { IscsidscError } from '../errors.js';
import { kernel32Function } from './kernel32.js';
import { koffi } from './koffi.js';

const CP_ACP = 0;

/** Decodes the active code page with `MultiByteToWideChar`, so that the text is Windows' own. */
export function createAnsiDecoder(): (bytes: Uint8Array) => string {
  const multiByteToWideChar = kernel32Function<number>('MultiByteToWideChar', 'int', [
    'uint32',
    'uint32',
    koffi().pointer('uint8'),
    'int',
    koffi().pointer('uint16'),
    'int',
  ]);
  return bytes => {
    if (bytes.length === 0) return '';
    // No ANSI code page of Windows makes more UTF-16 units of a text than it has bytes.
    const units = Buffer.allocUnsafe(bytes.length * 2);
    const count = multiByteToWideChar(CP_ACP, 0, bytes, bytes.length, units, bytes.length);
    if (count === 0) {
      throw new IscsidscError('ERR_ISCSIDSC_MALFORMED_REPLY', 'Windows cannot decode an ANSI string of the reply.', {
        syscall: 'MultiByteToWideChar',
      });
    }
    return units.toString('utf16le', 0, count * 2);
  };
}
