import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Bundles a program in TypeScript, which Node 20 does not run. It says `iscsidsc` as users do: that is the package where
 * the program lies, or with `source` the sources.
 */
export async function bundle(entry, outfile, { format = 'esm', source = false } = {}) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    logLevel: 'error',
    ...(source
      ? { external: ['koffi', 'fast-check'], tsconfig: `${root}/tsconfig.json` }
      : { external: ['iscsidsc', 'koffi', 'esbuild'], tsconfigRaw: {} }),
  });
  return outfile;
}
