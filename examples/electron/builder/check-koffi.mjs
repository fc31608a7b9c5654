// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// electron-builder gives the architecture as an index of this.
const ARCHITECTURES = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

/**
 * electron-builder calls it when it has filled the folder of the app. Throws unless Koffi's binary for the target lies
 * beside the archive, and no other: npm fetches the one for the machine that it runs on, when it is not told otherwise.
 *
 * @param {{ appOutDir: string, arch: number, electronPlatformName: string }} packed
 */
export function checkKoffi({ appOutDir, arch, electronPlatformName: system }) {
  const wanted = `koffi-${system}-${ARCHITECTURES[arch]}`;
  const folder = join(appOutDir, 'resources', 'app.asar.unpacked', 'node_modules', '@koromix');
  const found = existsSync(folder) ? readdirSync(folder).filter(name => hasBinary(join(folder, name))) : [];
  if (found.length === 1 && found[0] === wanted) return;
  throw new Error(
    `Beside the archive there should be ${wanted}, and there is ${found.join(', ') || 'none'}. ` +
      `Run \`npm install --os=${system} --cpu=${ARCHITECTURES[arch]}\` first.`,
  );
}

/** @param {string} folder */
function hasBinary(folder) {
  return readdirSync(folder, { recursive: true }).some(path => String(path).endsWith('koffi.node'));
}
