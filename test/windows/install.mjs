import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmPack, untar } from '../package/npm.mjs';
import { alone } from './alone.mjs';
import { project, readOr } from './places.mjs';

/** Puts the project's tarball into the app folder, as npm on Windows would; Koffi is there already. */
export function installPackage(places) {
  return alone(join(places.own, 'installing'), () => install(places));
}

function install(places) {
  if (!existsSync(join(project, 'dist'))) throw new Error('there is no dist/: run `npm run build` first');
  const folder = join(places.app, 'node_modules/iscsidsc');
  const stamp = join(places.app, 'node_modules/.iscsidsc.sha256');
  const work = mkdtempSync(join(places.own, 'tarball-'));
  try {
    const tarball = npmPack(project, work);
    const hash = createHash('sha256').update(readFileSync(tarball)).digest('hex');
    if (existsSync(folder) && readOr(stamp, '') === hash) return folder;
    const fresh = join(work, 'package');
    mkdirSync(fresh);
    untar(tarball, fresh);
    onlyKoffi(fresh);
    rmSync(stamp, { force: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    writeFileSync(stamp, hash);
    return folder;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function onlyKoffi(folder) {
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const others = Object.keys(dependencies).filter(name => name !== 'koffi');
  if (others.length > 0) throw new Error(`the app folder has only koffi, the package also needs ${others.join(', ')}`);
}
