// Runs a program in TypeScript against the sources: `node test/fuzz/run.mjs <program.ts> [its arguments]`.
import { spawn } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [, , program, ...args] = process.argv;
const root = fileURLToPath(new URL('../..', import.meta.url));
// Where Node finds the packages that stay outside.
const outfile = join(
  root,
  'node_modules/.cache/iscsidsc',
  `${basename(dirname(program))}-${basename(program, '.ts')}.mjs`,
);

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

const child = spawn(process.execPath, ['--expose-gc', outfile, ...args], { stdio: 'inherit' });
child.on('exit', (status, signal) => {
  process.exitCode = signal ? 1 : status;
});
