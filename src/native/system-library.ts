import { win32 } from 'node:path';
import type { LibraryHandle } from 'koffi';
import { IscsidscError } from '../errors.js';
import { type ExportName, type NativeFunction, prototypeOf } from './functions.js';
import {
  createAnsiDecoder,
  createAnsiEncoder,
  createSystemMessages,
  loadSystemDll,
  systemDirectory,
} from './kernel32.js';
import { koffi } from './koffi.js';
import type { Library } from './library.js';
import { windowsFunction } from './windows-functions.js';

let opened: Library | undefined;
let replacement: Library | undefined;

/**
 * Windows' own iscsidsc.dll, loaded at the first call; with `iscsidsc/simulate` a simulator.
 * Throws `ERR_ISCSIDSC_UNSUPPORTED_PLATFORM` off Windows, and `ERR_ISCSIDSC_LIBRARY_LOAD`.
 */
export function systemLibrary(): Library {
  if (replacement !== undefined) return replacement;
  opened ??= open();
  return opened;
}

/** Replaces Windows' own library in this thread. */
export function setDefaultLibrary(library: Library): void {
  replacement = library;
}

function open(): Library {
  if (process.platform !== 'win32') {
    throw new IscsidscError(
      'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM',
      `iscsidsc.dll is a part of Windows, and this is ${process.platform}.`,
      {
        hint: "Run the program with `node --import iscsidsc/simulate`, or pass { library: createSimulator() } from 'iscsidsc/simulator', to work without it.",
      },
    );
  }
  // A bare name would be searched for in the folder of the program and the current one: anybody who can write there
  // could put a DLL into the process.
  const path = win32.join(systemDirectory(), 'iscsidsc.dll');
  loadSystemDll(path);
  // Koffi finds it loaded.
  const dll = koffi().load(path);
  const functions = new Map<string, NativeFunction>();
  return {
    name: path,
    decodeAnsi: createAnsiDecoder(),
    encodeAnsi: createAnsiEncoder(),
    systemMessage: createSystemMessages(path),
    windowsFunc: windowsFunction,
    func<Name extends ExportName>(name: Name) {
      let fn = functions.get(name);
      if (fn === undefined) {
        fn = bind(dll, path, name);
        functions.set(name, fn);
      }
      return fn as NativeFunction<Name>;
    },
  };
}

function bind(dll: LibraryHandle, path: string, name: ExportName): NativeFunction {
  let address: unknown;
  try {
    address = dll.symbol(name);
  } catch (cause) {
    throw new IscsidscError('ERR_ISCSIDSC_MISSING_EXPORT', `${path} has no function ${name}.`, {
      hint: 'This version of Windows does not have it.',
      syscall: name,
      cause,
    });
  }
  return koffi().decode(address, prototypeOf(name));
}
