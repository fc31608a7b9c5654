import { koffi } from './koffi.js';
import type { NativeType } from './native-type.js';

/** A function of kernel32.dll, the one library loaded by its bare name: Windows never looks for it along a path. */
export function kernel32Function<Result>(
  name: string,
  result: string | NativeType,
  parameters: readonly (string | NativeType)[],
): (...args: unknown[]) => Result {
  return koffi()
    .load('kernel32.dll')
    .func('__stdcall', name, result, [...parameters]);
}
