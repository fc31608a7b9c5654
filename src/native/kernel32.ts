import type { LibraryHandle, TypeObject } from 'koffi';
import { IscsidscError, notInCodePage } from '../errors.js';
import { koffi } from './koffi.js';

/** The one library loaded by its bare name: it is in every process, and Windows never looks for it along a path. */
export function kernel32(): LibraryHandle {
  return koffi().load('kernel32.dll');
}

/** A function of kernel32.dll. */
export function kernel32Function<Result>(
  name: string,
  result: string | TypeObject,
  parameters: readonly (string | TypeObject)[],
): (...args: unknown[]) => Result {
  return kernel32().func('__stdcall', name, result, [...parameters]);
}

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

const WC_ERR_INVALID_CHARS = 0x0080;
const WC_NO_BEST_FIT_CHARS = 0x0400;
// With these code pages, WideCharToMultiByte takes other flags, and no place for what it replaced.
const UNICODE_PAGES = [65001, 54936];

/**
 * Encodes text in the active code page with `WideCharToMultiByte`, and refuses what the page does not hold: it is never
 * replaced by a similar character.
 *
 * https://learn.microsoft.com/windows/win32/api/stringapiset/nf-stringapiset-widechartomultibyte
 */
export function createAnsiEncoder(): (text: string) => Uint8Array {
  const units16 = koffi().pointer('uint16');
  const bytes8 = koffi().pointer('uint8');
  const wideCharToMultiByte = kernel32Function<number>('WideCharToMultiByte', 'int', [
    'uint32',
    'uint32',
    units16,
    'int',
    bytes8,
    'int',
    bytes8,
    koffi().pointer('int'),
  ]);
  const page = kernel32Function<number>('GetACP', 'uint32', [])();
  const isUnicode = UNICODE_PAGES.includes(page);
  const flags = isUnicode ? WC_ERR_INVALID_CHARS : WC_NO_BEST_FIT_CHARS;
  return text => {
    if (text === '') return new Uint8Array();
    const units = Buffer.from(text, 'utf16le');
    // No ANSI code page takes more than four bytes for a UTF-16 unit.
    const bytes = Buffer.alloc(text.length * 4);
    const replaced = new Int32Array(1);
    const used = isUnicode ? null : replaced;
    const length = wideCharToMultiByte(CP_ACP, flags, units, text.length, bytes, bytes.length, null, used);
    if (length === 0 || replaced[0] !== 0) throw notInCodePage(text, page);
    return bytes.subarray(0, length);
  };
}

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
    throw new IscsidscError('ERR_ISCSIDSC_LIBRARY_LOAD', 'Windows does not report the folder of its own libraries.', {
      syscall: 'GetSystemDirectoryW',
    });
  }
  return String.fromCharCode(...path.subarray(0, length));
}

const LOAD_LIBRARY_SEARCH_SYSTEM32 = 0x0800;

/**
 * Loads a DLL of the system folder, with the DLLs that it imports from taken from that folder alone: Koffi calls
 * `LoadLibraryW`, which searches for those beside the program first. Throws `ERR_ISCSIDSC_LIBRARY_LOAD`.
 *
 * https://learn.microsoft.com/windows/win32/api/libloaderapi/nf-libloaderapi-loadlibraryexw
 */
export function loadSystemDll(path: string): void {
  const pointer = koffi().pointer('void');
  const loadLibraryEx = kernel32Function<unknown>('LoadLibraryExW', pointer, ['str16', pointer, 'uint32']);
  const getLastError = kernel32Function<number>('GetLastError', 'uint32', []);
  if (loadLibraryEx(path, null, LOAD_LIBRARY_SEARCH_SYSTEM32) !== null) return;
  // Koffi keeps the number from one call to the next, whatever Node calls between the two.
  const error = getLastError();
  const text = createSystemMessages(path)(error)?.replaceAll('%1', path);
  throw new IscsidscError(
    'ERR_ISCSIDSC_LIBRARY_LOAD',
    `${path} cannot be loaded: error ${error}${text === undefined ? '.' : `, ${text}`}`,
    {
      hint: 'This Windows lacks the iSCSI initiator or a DLL that it needs, or a file is damaged; only the system folder is searched.',
      syscall: 'LoadLibraryExW',
      errno: error,
    },
  );
}

const FORMAT_MESSAGE_IGNORE_INSERTS = 0x0200;
const FORMAT_MESSAGE_FROM_HMODULE = 0x0800;
const FORMAT_MESSAGE_FROM_SYSTEM = 0x1000;
const FORMAT_MESSAGE_MAX_WIDTH_MASK = 0x00ff;
// From the module, else from the system; texts with %1 as they are; no line breaks but those that are meant.
const FLAGS =
  FORMAT_MESSAGE_FROM_HMODULE |
  FORMAT_MESSAGE_FROM_SYSTEM |
  FORMAT_MESSAGE_IGNORE_INSERTS |
  FORMAT_MESSAGE_MAX_WIDTH_MASK;

// FormatMessageW makes no text longer than 64 KiB.
const LONGEST = 32 * 1024;

type SystemMessages = (status: number) => string | undefined;

/** The texts of statuses in the user's language: those of a loaded DLL, else Windows' own. */
export function createSystemMessages(path: string): SystemMessages {
  let messages: SystemMessages | undefined;
  return status => {
    messages ??= messagesOf(path);
    return messages(status);
  };
}

function messagesOf(path: string): SystemMessages {
  const pointer = koffi().pointer('void');
  const text = koffi().pointer('uint16');
  const getModuleHandle = kernel32Function<unknown>('GetModuleHandleW', pointer, ['str16']);
  const formatMessage = kernel32Function<number>('FormatMessageW', 'uint32', [
    'uint32',
    pointer,
    'uint32',
    'uint32',
    text,
    'uint32',
    pointer,
  ]);
  const handle = getModuleHandle(path);
  return status => {
    const units = Buffer.alloc(LONGEST * 2);
    const length = formatMessage(FLAGS, handle, status, 0, units, LONGEST, null);
    return length === 0 ? undefined : units.toString('utf16le', 0, length * 2).trim();
  };
}
