import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program in TypeScript against the sources, with the arguments of this process; returns its exit status. */
export async function runBundled(url, { execArgv = [] } = {}) {
  const program = fileURLToPath(url);
  const name = `${basename(dirname(program))}-${basename(program, '.ts')}.mjs`;
  // Where Node finds the packages that stay outside.
  const outfile = await bundle(program, join(root, 'node_modules/.cache/iscsidsc', name), { source: true });
  const child = spawn(process.execPath, [...execArgv, outfile, ...process.argv.slice(2)], { stdio: 'inherit' });
  const [status] = await once(child, 'exit');
  return status ?? 1;
}
