import { copyFileSync, existsSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { installPackage } from './install.mjs';
import { findPlaces, koffiVersion, nodeVersions, readOr, sourcesHash, versionIn, wine } from './places.mjs';
import { definedOnly, keepServer, startWine, stopServer, wineEnv } from './wine-process.mjs';

export { nodeVersions };

export function findTier({ node = nodeVersions[0], apart = false } = {}) {
  const places = findPlaces(node, { apart });
  const reason = whatIsMissing(findPlaces(node), node) ?? whatIsMissing(findPlaces(node, { apart: true }), node);
  if (reason) return { ok: false, reason, how: 'npm run windows:prepare' };

  const start = (
    args,
    { cwd = places.app, env = {}, timeoutMs = 180_000, program = places.nodeExe, codePage } = {},
  ) => {
    const full = definedOnly({ ...wineEnv(places, codePage), ...env });
    keepServer(full);
    return startWine(program, args, { cwd, env: full, timeoutMs });
  };

  return {
    ok: true,
    node,
    nodeVersion: versionIn(places.nodeFolder),
    nodeExe: places.nodeExe,
    appFolder: places.app,
    system32: places.system32,
    dll: places.systemDll,
    oldDll: places.oldDll,
    plantedDll: places.plantedDll,
    dependentDll: places.dependentDll,
    dependencyDll: places.dependencyDll,
    plantedDependencyDll: places.plantedDependencyDll,
    bench: places.bench,
    service: places.service,
    windowsPath,
    start,
    run: (args, options) => start(args, options).done,
    installPackage: () => installPackage(places),
    ...(apart && {
      withoutDll: action => withOtherDll(places.systemDll, undefined, action),
      withDll: (path, action) => withOtherDll(places.systemDll, path, action),
    }),
    stop: () => stopServer(wineEnv(places)),
  };
}

function whatIsMissing(places, node) {
  if (process.platform !== 'linux') return `it runs on Linux, not on ${process.platform}`;
  if (!existsSync(wine)) return 'Wine is not installed';
  if (!existsSync(places.nodeExe)) return `Windows Node.js ${node} is not there`;
  if (!existsSync(places.prefix)) return 'there is no Wine prefix for this folder';
  if (versionIn(join(places.app, 'node_modules/@koromix/koffi-win32-x64')) !== koffiVersion()) {
    return `Koffi ${koffiVersion()} for Windows is not there`;
  }
  if (readOr(places.buildStamp, '') !== sourcesHash()) return 'the stand-in DLL is older than its sources';
  bringBack(places.systemDll);
  if (!existsSync(places.systemDll) && !awayName(places.systemDll)) return 'the stand-in DLL is not in System32';
}

/** The Windows name of a Linux path. */
export function windowsPath(path) {
  return `Z:${resolve(path).replaceAll('/', '\\')}`;
}

async function withOtherDll(dll, other, action) {
  const away = `${dll}.away-${process.pid}`;
  const back = () => existsSync(away) && renameSync(away, dll);
  renameSync(dll, away);
  process.once('exit', back);
  try {
    if (other !== undefined) copyFileSync(other, dll);
    return await action();
  } finally {
    back();
    process.off('exit', back);
  }
}

function awayName(dll) {
  return readdirSync(dirname(dll)).find(name => name.startsWith(`${basename(dll)}.away-`));
}

/** Undoes a withoutDll or withDll whose process was killed. */
function bringBack(dll) {
  const name = awayName(dll);
  if (name && !existsSync(`/proc/${name.split('-').pop()}`)) renameSync(join(dirname(dll), name), dll);
}
