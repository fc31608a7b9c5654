import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Runs npm in a folder, quietly; gives what it prints. */
export function npm(args, cwd) {
  const [program, ...first] = command();
  return run(program, [...first, ...args, '--loglevel=error'], { cwd, shell: program === 'npm.cmd' });
}

/** Packs a folder, or a package of the registry; gives the path of the tarball. */
export function npmPack(what, folder) {
  npm(['pack', what, '--ignore-scripts', '--pack-destination', folder], folder);
  const [tarball] = readdirSync(folder).filter(name => name.endsWith('.tgz'));
  return join(folder, tarball);
}

/** Puts the files of a package of the registry into an empty folder. */
export function npmUnpack(what, folder) {
  const tarball = npmPack(what, folder);
  untar(tarball, folder);
  rmSync(tarball);
}

export function untar(tarball, folder) {
  run('tar', ['-xzf', basename(tarball), '-C', folder, '--strip-components=1'], { cwd: join(tarball, '..') });
}

/** Quiet, unless the program fails. */
export function run(program, args, options = {}) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options });
  } catch (error) {
    if (error.code === 'ENOENT') throw new Error(`${program} is not installed`);
    const output = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().split('\n').slice(-20).join('\n');
    throw new Error(`\`${program} ${args.join(' ')}\` failed (${error.signal ?? error.status})\n${output}`);
  }
}

/** The npm that runs this script, where one does: on Windows, Node starts no npm.cmd without a shell. */
function command() {
  const { npm_execpath: cli = '' } = process.env;
  if (/^npm-cli\.c?js$/.test(basename(cli))) return [process.execPath, cli];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}
