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

let opened: Library | undefined;

/**
 * Windows' own iscsidsc.dll, loaded at the first call.
 * Rejects with `ERR_ISCSIDSC_UNSUPPORTED_PLATFORM` off Windows and with `ERR_ISCSIDSC_LIBRARY_LOAD`.
 */
export function systemLibrary(): Library {
  opened ??= open();
  return opened;
}

function open(): Library {
  if (process.platform !== 'win32') {
    throw new IscsidscError(
      'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM',
      `iscsidsc.dll is a part of Windows, and this is ${process.platform}.`,
      { hint: "Pass { library: createSimulator() } from 'iscsidsc/simulator' to work without it." },
    );
  }
  // A bare name would be searched for in the folder of the program and the current one: whoever can write there
  // could put a DLL of their own into the process.
  const path = win32.join(systemDirectory(), 'iscsidsc.dll');
  loadSystemDll(path);
  // Koffi finds it loaded.
  const dll = koffi().load(path);
  const decodeAnsi = createAnsiDecoder();
  const encodeAnsi = createAnsiEncoder();
  const systemMessage = createSystemMessages(path);
  const functions = new Map<string, NativeFunction>();
  return {
    name: path,
    decodeAnsi,
    encodeAnsi,
    systemMessage,
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
