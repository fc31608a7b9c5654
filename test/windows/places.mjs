import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diesOfVirtualAlloc2 } from './virtual-alloc2.mjs';

export const project = fileURLToPath(new URL('../..', import.meta.url));
export const standIn = fileURLToPath(new URL('./stand-in', import.meta.url));

/** Locales whose ANSI code page Wine takes over; it decides by the locale alone. */
export const locales = { 932: 'ja_JP', 65001: 'hi_IN' };

/** Debian's `wine` and `wineserver` are scripts: one asks for wine32, the other ends the server after each program. */
export const wine = ['/usr/lib/wine/wine64', '/usr/bin/wine64'].find(existsSync) ?? '/usr/lib/wine/wine64';
export const wineserver = ['/usr/lib/wine/wineserver64', '/usr/bin/wineserver'].find(existsSync) ?? 'wineserver';

/** The first is the default, and needs nothing newer than Wine 8. */
export const nodeVersions = ['22', '24', '26'];

/**
 * Where everything lies: downloads are shared, what this clone of the project changes is its own. There are two Wine
 * prefixes: the one apart is for tests that change what is in System32, while other tests run.
 */
export function findPlaces(node, { apart = false } = {}) {
  const root = resolve(process.env.ISCSIDSC_WINDOWS_TIER || join(homedir(), '.cache/iscsidsc-windows-tier'));
  const own = join(root, 'projects', createHash('sha256').update(project).digest('hex').slice(0, 12));
  const prefix = join(own, apart ? 'prefix-apart' : 'prefix');
  const build = join(own, 'build');
  // A name of its own: a binary that was downloaded and not changed must not be taken for one that was.
  const nodeFolder = join(root, diesOfVirtualAlloc2(node) ? `node-${node}-without-virtualalloc2` : `node-${node}`);
  return {
    root,
    own,
    prefix,
    build,
    nodeFolder,
    nodeExe: join(nodeFolder, 'bin/node.exe'),
    koffi: join(root, `koffi-${koffiVersion()}`),
    locales: join(root, 'locales'),
    prefixTemplate: join(root, 'prefix-template'),
    app: join(own, 'app'),
    system32: join(prefix, 'drive_c/windows/system32'),
    systemDll: join(prefix, 'drive_c/windows/system32/iscsidsc.dll'),
    dll: join(build, 'iscsidsc.dll'),
    oldDll: join(build, 'old.dll'),
    plantedDll: join(build, 'planted/iscsidsc.dll'),
    dependentDll: join(build, 'dependent/iscsidsc.dll'),
    dependencyDll: join(build, 'dependency.dll'),
    plantedDependencyDll: join(build, 'planted/dependency.dll'),
    bench: join(build, 'bench.exe'),
    service: join(build, 'service.exe'),
    buildStamp: join(build, 'sources.sha256'),
  };
}

export function koffiVersion() {
  const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8'));
  return lock.packages['node_modules/koffi'].version;
}

/** A version by content, not by date: a fresh clone has new dates. */
export function sourcesHash() {
  const hash = createHash('sha256');
  const made = ['./compile.mjs', './generate-abi.mjs', '../fixtures/functions.json', '../fixtures/layouts.json'];
  const sources = readdirSync(standIn)
    .filter(name => /\.(c|h|mc)$/.test(name))
    .sort();
  const makers = made.map(name => fileURLToPath(new URL(name, import.meta.url)));
  for (const path of [...makers, ...sources.map(name => join(standIn, name))]) {
    hash.update(`${basename(path)}\n`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

export function readOr(path, otherwise) {
  return existsSync(path) ? readFileSync(path, 'utf8') : otherwise;
}

export function versionIn(folder) {
  return JSON.parse(readOr(join(folder, 'package.json'), '{}')).version;
}
