import { spawn } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program in TypeScript against the sources, with the arguments of this process, and ends as it does. */
export async function runBundled(url) {
  const program = fileURLToPath(url);
  const name = `${basename(dirname(program))}-${basename(program, '.ts')}.mjs`;
  // Where Node finds the packages that stay outside.
  const outfile = join(root, 'node_modules/.cache/iscsidsc', name);
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['koffi', 'fast-check'],
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'error',
  });
  const child = spawn(process.execPath, ['--expose-gc', outfile, ...process.argv.slice(2)], { stdio: 'inherit' });
  child.on('exit', (status, signal) => {
    process.exitCode = signal ? 1 : status;
  });
}
