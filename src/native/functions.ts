import { SIGNATURES } from '../header/signatures.js';
import { koffi } from './koffi.js';
import type { NativeType } from './native-type.js';
import { entryOf, inForm, namesIn, typeOf } from './types.js';

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

type ParametersIn<Signature extends readonly string[]> = {
  -readonly [Index in keyof Signature]: Signature[Index] extends `${infer Type} ${string}` ? Argument<Type> : never;
};

type SignatureOf<Name extends ExportName> = Name extends Key
  ? Table[Name]['parameters']
  : Name extends `${infer Base}${'A' | 'W'}`
    ? `${Base}#` extends Key
      ? Table[`${Base}#`]['parameters']
      : never
    : never;

/** The arguments of an export, in the order of its C declaration. */
export type ArgumentsOf<Name extends ExportName> = ParametersIn<SignatureOf<Name>>;

/** An export as a function: it returns the status, an unsigned 32-bit number. */
export interface NativeFunction<Name extends ExportName = ExportName> {
  (...args: ArgumentsOf<Name>): number;
  /** The same call on a thread of libuv's pool. The memory of the arguments must stay alive until the callback. */
  async(...args: [...ArgumentsOf<Name>, (error: Error | null, status: number) => void]): void;
}

interface Signature {
  readonly slow?: true;
  readonly parameters: readonly string[];
}

/** The names of all exports, in the order of the header. */
export function exportNames(): ExportName[] {
  return namesIn(SIGNATURES) as ExportName[];
}

/** The parameters of an export as `TYPE Name`, or `undefined` where iscsidsc.h has no such function. */
export function parametersOf(name: string): string[] | undefined {
  const found = entryOf<Signature>(SIGNATURES, name);
  return found?.[0].parameters.map(parameter => inForm(parameter, found[1]));
}

/** Whether an export can wait for the network, or for a disk behind it. */
export function isSlow(name: ExportName): boolean {
  return entryOf<Signature>(SIGNATURES, name)?.[0].slow ?? false;
}

const prototypes = new Map<string, NativeType>();

/** The Koffi prototype of an export. */
export function prototypeOf(name: ExportName): NativeType {
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
