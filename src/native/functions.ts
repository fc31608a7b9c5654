import type { TypeObject } from 'koffi';
import { SIGNATURES } from '../header/signatures.js';
import { koffi } from './koffi.js';
import { type EntryOf, entryOf, inForm, namesIn, typeOf } from './types.js';

type Table = typeof SIGNATURES;
type Key = keyof Table;

/** The name of a function of iscsidsc.h, without A or W. */
export type FunctionName = Key extends infer K ? (K extends `${infer Base}#` ? Base : K) : never;

/** The name of an export of iscsidsc.dll. */
export type ExportName = Key extends infer K ? (K extends `${infer Base}#` ? `${Base}A` | `${Base}W` : K) : never;

/** Memory for a pointer argument: the callee reads and writes it in place. A number is an address. */
export type Memory = ArrayBufferView | ArrayBuffer | bigint | null;

type Argument<Type extends string> = Type extends 'PWSTR' | 'P#STR'
  ? string | Memory
  : Type extends `P${string}`
    ? Memory
    : Type extends 'ULONGLONG' | 'ISCSI_SECURITY_FLAGS'
      ? number | bigint
      : number;

type ParametersIn<Signature extends readonly string[]> = Signature extends readonly [
  'slow',
  ...infer Rest extends string[],
]
  ? ParametersIn<Rest>
  : ParameterTypes<Signature>;

type ParameterTypes<Signature extends readonly string[]> = {
  -readonly [Index in keyof Signature]: Signature[Index] extends `${infer Type} ${string}` ? Argument<Type> : never;
};

/** The arguments of an export, in the order of its C declaration. */
export type ArgumentsOf<Name extends ExportName> = ParametersIn<EntryOf<typeof SIGNATURES, Name>>;

/** An export as a function: it returns the status, an unsigned 32-bit number. */
export interface NativeFunction<Name extends ExportName = ExportName> {
  (...args: ArgumentsOf<Name>): number;
  /** The same call on a thread of libuv's pool. The memory of the arguments must stay alive until the callback. */
  async(...args: [...ArgumentsOf<Name>, (error: Error | null, status: number) => void]): void;
}

/** The names of all exports, in the order of the header. */
export function exportNames(): ExportName[] {
  return namesIn(SIGNATURES) as ExportName[];
}

/** The parameters of an export as `TYPE Name`, or `undefined` where iscsidsc.h has no such function. */
export function parametersOf(name: string): string[] | undefined {
  const found = entryOf<readonly string[]>(SIGNATURES, name);
  return found?.[0].filter(entry => entry !== SLOW).map(parameter => inForm(parameter, found[1]));
}

const SLOW = 'slow';
const slowExports: ReadonlySet<string> = new Set(
  exportNames().filter(name => entryOf<readonly string[]>(SIGNATURES, name)?.[0][0] === SLOW),
);

/** Whether an export can wait for the network. */
export function isSlow(name: string): boolean {
  return slowExports.has(name);
}

const prototypes = new Map<string, TypeObject>();

/** The Koffi prototype of an export. */
export function prototypeOf(name: ExportName): TypeObject {
  let prototype = prototypes.get(name);
  if (prototype === undefined) {
    const types = (parametersOf(name) ?? []).map(parameter => typeOf(parameter.split(' ')[0] as string));
    prototype = koffi().proto('__stdcall', 'uint32', types);
    prototypes.set(name, prototype);
  }
  return prototype;
}

export type Args = Parameters<NativeFunction>;
export type Done = (error: Error | null, status: number) => void;

/** A function in the shape of an export, made of its two ways to be called. */
export function nativeFunction<Name extends ExportName>(
  run: (args: Args) => number,
  start: (args: Args, done: Done) => void,
): NativeFunction<Name> {
  const sync = (...args: Args): number => run(args);
  const async = (...argsAndDone: [...Args, Done]): void =>
    start(argsAndDone.slice(0, -1) as Args, argsAndDone.at(-1) as Done);
  return Object.assign(sync, { async }) as unknown as NativeFunction<Name>;
}
