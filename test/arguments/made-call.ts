import type { Library } from 'iscsidsc';
import * as iscsidsc from 'iscsidsc';
import type { AnyCall } from './expected-call.js';

/** Makes the call. Resolves with the code of the error that it ends with, null if with none. */
export async function codeOf({ name, args }: AnyCall, library?: Library): Promise<unknown> {
  const functions = iscsidsc as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>;
  const own = library === undefined ? args : [...args.slice(0, -1), withLibrary(args.at(-1), library)];
  try {
    await functions[name]?.(...own);
    return null;
  } catch (error) {
    const { code } = error as { code?: unknown };
    return code ?? String((error as Error).stack);
  }
}

/** The options with a library, if they can have one: what is none is refused before the library is looked at. */
function withLibrary(options: unknown, library: Library): unknown {
  if (options === undefined) return { library };
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  const members = Object.getOwnPropertyDescriptors(options);
  return Object.create(Object.getPrototypeOf(options), { ...members, library: { value: library, enumerable: true } });
}
