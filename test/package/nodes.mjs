import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The oldest two that package.json allows in lines 20 and 22, and the newest of each line. */
export const nodeVersions = ['20.19.0', '20', '22.12.0', '22', '24', '26'];

const system = process.platform === 'win32' ? 'win' : process.platform;

/** The package of the registry that carries the binary for this machine. */
export function nodePackage(version) {
  return `node-${system}-${process.arch}@${version}`;
}

export function nodeFolder(version) {
  const root = resolve(process.env.ISCSIDSC_NODES || join(homedir(), '.cache/iscsidsc-nodes'));
  return join(root, `${system}-${process.arch}-${version}`);
}

export function findNode(version) {
  const program = join(nodeFolder(version), 'bin', system === 'win' ? 'node.exe' : 'node');
  if (existsSync(program)) return { ok: true, version, program };
  return { ok: false, reason: `Node.js ${version} is not there`, how: 'npm run nodes:prepare' };
}
