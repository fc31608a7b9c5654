import { createRequire } from 'node:module';
import type { default as Koffi } from 'koffi';
import { IscsidscError } from '../errors.js';

let loaded: typeof Koffi | undefined;

/**
 * Koffi, loaded when it is first needed: it takes nearly as long as the rest of this package, and where its binary
 * is missing, to import the package must still not throw. Throws `ERR_ISCSIDSC_LIBRARY_LOAD`.
 */
export function koffi(): typeof Koffi {
  loaded ??= load();
  return loaded;
}

function load(): typeof Koffi {
  try {
    // Where a bundler has made CommonJS of this module, import.meta.url is empty, but there is a __filename.
    const require = createRequire(import.meta.url ?? __filename);
    return require('koffi');
  } catch (cause) {
    throw new IscsidscError('ERR_ISCSIDSC_LIBRARY_LOAD', 'Koffi, which makes the native calls, cannot be loaded.', {
      hint: `Install the dependencies where the program runs (${process.platform}-${process.arch}), optional ones included, and keep koffi and @koromix beside a bundle.`,
      cause,
    });
  }
}
