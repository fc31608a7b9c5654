import { win32 } from 'node:path';
import type { LibraryHandle, TypeObject } from 'koffi';
import { WINDOWS_SIGNATURES } from '../header/windows.js';
import type { Memory } from './functions.js';
import { kernel32, kernel32Function, loadSystemDll, systemDirectory } from './kernel32.js';
import { koffi } from './koffi.js';
import { typeOf } from './types.js';

/** The name of a function of Windows that is not of iscsidsc.dll. */
export type WindowsFunctionName = keyof typeof WINDOWS_SIGNATURES;

type Argument<Type extends string> = Type extends 'PWSTR'
  ? string | null
  : Type extends 'HANDLE' | 'SC_HANDLE'
    ? bigint
    : Type extends `P${string}`
      ? Memory
      : number;

type ParameterTypes<Signature extends readonly string[]> = {
  -readonly [Index in keyof Signature]: Signature[Index] extends `${infer Type} ${string}` ? Argument<Type> : never;
};

type ParametersIn<Signature extends readonly string[]> = Signature extends readonly [
  string,
  string,
  ...infer Rest extends string[],
]
  ? ParameterTypes<Rest>
  : never;

/** The arguments of such a function, in the order of its C declaration. */
export type WindowsArguments<Name extends WindowsFunctionName> = ParametersIn<(typeof WINDOWS_SIGNATURES)[Name]>;

/** What such a function has returned. */
export interface WindowsResult {
  /** A handle or a BOOL. */
  readonly value: bigint;
  /** What `GetLastError` says right after it. Of no meaning for a function that has succeeded. */
  readonly lastError: number;
}

/** A function of Windows that is not of iscsidsc.dll. */
export interface WindowsFunction<Name extends WindowsFunctionName = WindowsFunctionName> {
  (...args: WindowsArguments<Name>): WindowsResult;
  /** The same call on a thread of libuv's pool. The memory of the arguments must stay alive until the callback. */
  async(...args: [...WindowsArguments<Name>, (error: Error | null, result: WindowsResult) => void]): void;
}

const INVALID_HANDLE_VALUE = -1n;

/** Whether a result says that the function has failed. */
export function hasFailed(name: WindowsFunctionName, { value }: WindowsResult): boolean {
  const [, returns] = WINDOWS_SIGNATURES[name];
  if (returns === 'BOOL_ANSWER') return false;
  return returns === 'HANDLE' ? value === INVALID_HANDLE_VALUE : value === 0n;
}

const loaded = new Map<string, LibraryHandle>();
const bound = new Map<WindowsFunctionName, WindowsFunction>();

/** Windows' own function of that name. */
export function windowsFunction<Name extends WindowsFunctionName>(name: Name): WindowsFunction<Name> {
  let fn = bound.get(name);
  if (fn === undefined) {
    fn = bind(name);
    bound.set(name, fn);
  }
  return fn as unknown as WindowsFunction<Name>;
}

type Done = (error: Error | null, result: WindowsResult) => void;

function bind(name: WindowsFunctionName): WindowsFunction {
  const [dll, returns, ...parameters] = WINDOWS_SIGNATURES[name];
  const types = parameters.map(parameter => nativeType(parameter.split(' ')[0] as string));
  const native = load(dll).func('__stdcall', name, nativeType(returns), types);
  const getLastError = kernel32Function<number>('GetLastError', 'uint32', []);
  // Koffi keeps the number for each call, also of one on another thread, until its callback has returned.
  const resultOf = (value: number | bigint) => ({ value: BigInt(value), lastError: getLastError() });
  const sync = (...args: unknown[]) => resultOf(native(...args));
  const async = (...argsAndDone: unknown[]) => {
    const done = argsAndDone.at(-1) as Done;
    native.async(...argsAndDone.slice(0, -1), (error: Error | null, value: number | bigint) =>
      done(error, error ? { value: 0n, lastError: 0 } : resultOf(value)),
    );
  };
  return Object.assign(sync, { async }) as unknown as WindowsFunction;
}

function load(dll: string): LibraryHandle {
  let library = loaded.get(dll);
  if (library === undefined) {
    library = dll === 'kernel32' ? kernel32() : loadFromSystemFolder(`${dll}.dll`);
    loaded.set(dll, library);
  }
  return library;
}

function loadFromSystemFolder(file: string): LibraryHandle {
  const path = win32.join(systemDirectory(), file);
  loadSystemDll(path);
  // Koffi finds it loaded.
  return koffi().load(path);
}

function nativeType(type: string): TypeObject {
  if (type === 'HANDLE' || type === 'SC_HANDLE') return koffi().type('intptr');
  return type.startsWith('BOOL') ? koffi().type('int') : typeOf(type);
}
