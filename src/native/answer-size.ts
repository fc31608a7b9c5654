import { WINDOWS_SIGNATURES } from '../header/windows.js';
import { type ExportName, parametersOf } from './functions.js';
import { type StructName, structType } from './types.js';
import type { WindowsFunctionName } from './windows-functions.js';

/** Which arguments of a function say how much memory there is for its answer, and how much of it is used. */
interface Places {
  readonly given: number;
  readonly used: number;
  /** What both count, in bytes. */
  readonly unit: number;
}

/** Bytes of memory for the answer of a call. */
export interface AnswerSize {
  /** Given by the caller. Undefined for a function that is not told. */
  readonly given: number | undefined;
  /** Once the call has returned: used, or needed where what was given is too small. */
  used(): number | undefined;
}

/** Reads the sizes among the arguments of a call. */
export function answerSize(syscall: ExportName | WindowsFunctionName, args: readonly unknown[]): AnswerSize {
  const { given, used, unit } = placesOf(syscall);
  const bytes = (count: number | undefined) => (count === undefined ? undefined : count * unit);
  const before = numberIn(args[used]);
  return {
    given: bytes(numberIn(args[given])),
    used: () => {
      const after = numberIn(args[used]);
      // A size for the answer alone that has not changed was not written.
      return given !== used && after === before ? undefined : bytes(after);
    },
  };
}

/** The number that an argument is, or that lies in its memory. That of a raw call can be gone when it returns. */
export function numberIn(argument: unknown): number | undefined {
  if (typeof argument === 'number') return argument;
  if (!ArrayBuffer.isView(argument) || argument.byteLength < 4) return undefined;
  return new DataView(argument.buffer, argument.byteOffset).getUint32(0, true);
}

const NONE: Places = { given: -1, used: -1, unit: 1 };
const known = new Map<string, Places>();

function placesOf(syscall: ExportName | WindowsFunctionName): Places {
  let places = known.get(syscall);
  if (places === undefined) {
    places = isOfWindows(syscall) ? placesInWindows(syscall) : placesInExport(syscall);
    known.set(syscall, places);
  }
  return places;
}

function isOfWindows(syscall: string): syscall is WindowsFunctionName {
  return Object.hasOwn(WINDOWS_SIGNATURES, syscall);
}

/** One number goes in and comes out: a size where there is one, else a count of structs. */
function placesInExport(syscall: ExportName): Places {
  const parameters = (parametersOf(syscall) ?? []).map(parameter => parameter.split(' ') as [string, string]);
  const find = (names: RegExp) => parameters.findIndex(([type, name]) => type === 'PULONG' && names.test(name));
  const size = find(/^(?!Sense).*Size/);
  if (size >= 0) return { given: size, used: size, unit: parameters.some(([type]) => type === 'PWCHAR') ? 2 : 1 };
  const count = find(/Count$/);
  const [struct] = parameters[count + 1] ?? [];
  if (count < 0 || struct === undefined) return NONE;
  return { given: count, used: count, unit: structType(struct.slice(1) as StructName).size };
}

/** Microsoft's prefixes: `cb` and `n` count bytes, `cch` characters; `p` and `lp` point to a number for the answer. */
function placesInWindows(syscall: WindowsFunctionName): Places {
  const names = WINDOWS_SIGNATURES[syscall].slice(2).map(parameter => parameter.split(' ')[1] as string);
  const find = (pattern: RegExp) => names.findIndex(name => pattern.test(name));
  const given = find(/^(cbBufSize|nOutBufferSize|cchBufferLength)$/);
  const used = find(/^(pcbBytesNeeded|lpBytesReturned|lpcchReturnLength)$/);
  return { given, used, unit: names[given]?.startsWith('cch') ? 2 : 1 };
}
