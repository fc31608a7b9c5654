import { type ExportName, exportNames, type NativeFunction } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { systemLibrary } from '../native/system-library.js';
import { traced } from '../native/trace.js';

/** The exports under their Windows names, with the signatures of the C header. */
export type RawFunctions = { readonly [Name in ExportName]: NativeFunction<Name> };

/**
 * The exports of a library, Windows' own iscsidsc.dll if left out. Nothing is loaded before a function is called; the
 * call throws `ERR_ISCSIDSC_MISSING_EXPORT` where the library does not have it.
 */
export function bind(library?: Library): RawFunctions {
  return Object.fromEntries(exportNames().map(name => [name, bound(name, library)])) as unknown as RawFunctions;
}

function bound<Name extends ExportName>(name: Name, library: Library | undefined): NativeFunction<Name> {
  const fn = () => traced(name, (library ?? systemLibrary()).func(name));
  type Call = NativeFunction<Name>;
  return Object.assign((...args: Parameters<Call>) => fn()(...args), {
    async: (...args: Parameters<Call['async']>) => fn().async(...args),
  });
}
