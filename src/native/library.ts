import type { ExportName, NativeFunction } from './functions.js';
import type { WindowsFunction, WindowsFunctionName } from './windows-functions.js';

/** Where the functions come from: Windows' own iscsidsc.dll, or the simulator. */
export interface Library {
  /** The path of the DLL, or `simulator`. */
  readonly name: string;
  /**
   * The export of that name, ready to be called.
   * Throws `ERR_ISCSIDSC_MISSING_EXPORT` where the library does not have it.
   */
  func<Name extends ExportName>(name: Name): NativeFunction<Name>;
  /** Text from bytes of the ANSI code page in which the A functions of this library answer. */
  decodeAnsi(bytes: Uint8Array): string;
  /**
   * Bytes of the ANSI code page, without a terminator. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT` for text that the code page
   * does not hold: it is never replaced by similar text.
   */
  encodeAnsi(text: string): Uint8Array;
  /**
   * A function of Windows that is not of iscsidsc.dll, for disks, volumes and services. A library can be without: what
   * needs them rejects with `ERR_ISCSIDSC_MISSING_EXPORT`.
   */
  windowsFunc?<Name extends WindowsFunctionName>(name: Name): WindowsFunction<Name>;
  /** The library's own text for a status, in the language of the user; a library can be without. */
  systemMessage?(status: number): string | undefined;
}
