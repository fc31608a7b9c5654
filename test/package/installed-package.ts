import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, ended } from './ended.js';
import { npm, npmPack } from './npm.mjs';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAMS = fileURLToPath(new URL('programs', import.meta.url));
const NODE_TYPES = '@types/node';
const LOCKED = /^node_modules\/(koffi|@koromix\/.+|@types\/node|undici-types)$/;

/** The project's tarball as npm installs it, in a folder of its own that sees nothing of the project. */
export class InstalledPackage {
  readonly #root = mkdtempSync(join(realpathSync(tmpdir()), 'iscsidsc-package-'));
  /** The app's folder. */
  readonly folder = join(this.#root, 'app');
  /** What npm has unpacked. */
  readonly package = join(this.folder, 'node_modules/iscsidsc');

  constructor() {
    const tarball = npmPack(PROJECT, this.#root);
    mkdirSync(this.folder);
    this.#lock();
    try {
      npm(['install', tarball, '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], this.folder);
    } catch (cause) {
      this.remove();
      const why =
        'npm cannot install the tarball. It takes koffi from its cache, which `npm ci` fills, or from the net.';
      throw new Error(why, { cause });
    }
    cpSync(PROGRAMS, this.folder, { recursive: true });
  }

  /** Runs a program of programs/, or another file of the app. */
  run(node: string, ...args: string[]): Promise<Ended> {
    return ended(node, args, { cwd: this.folder });
  }

  write(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** The versions of the project's lock file: the same today and in a year, and in npm's cache after `npm ci`. */
  #lock(): void {
    const { packages } = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'));
    const devDependencies = { [NODE_TYPES]: packages[`node_modules/${NODE_TYPES}`].version };
    const locked = Object.entries(packages).filter(([path]) => LOCKED.test(path));
    const lock = { lockfileVersion: 3, packages: { '': { devDependencies }, ...Object.fromEntries(locked) } };
    this.write('package.json', JSON.stringify({ private: true, devDependencies }));
    this.write('package-lock.json', JSON.stringify(lock));
  }
}
