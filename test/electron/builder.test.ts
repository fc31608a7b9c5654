import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkKoffi } from '../../examples/electron/builder/check-koffi.mjs';
import builder from '../../examples/electron/electron-builder.js';
import { npm } from '../package/npm.mjs';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLE = join(PROJECT, 'examples/electron');
const { scripts, dependencies, ...manifest } = JSON.parse(readFileSync(join(EXAMPLE, 'package.json'), 'utf8'));
// As electron-builder numbers them.
const NUMBERS = { x64: 1, arm64: 3 } as const;

const packed = builder.files.filter(pattern => !pattern.startsWith('!'));
const folder = mkdtempSync(join(tmpdir(), 'iscsidsc-builder-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the packaged app', () => {
  it('holds all files of the example but those that are for developing', () => {
    const files = readdirSync(EXAMPLE).filter(name => !['node_modules', 'out'].includes(name));
    expect(files.filter(name => !packed.includes(name)).sort()).toEqual([
      '.gitignore',
      '.npmrc',
      'builder',
      'electron-builder.js',
      'package.json',
    ]);
    expect(packed.filter(name => !files.includes(name))).toEqual([]);
    expect(packed).toContain(manifest.main);
  });

  it('imports nothing that is not in it', () => {
    const packages = ['electron', ...Object.keys(dependencies)];
    const imports = packed.flatMap(filesIn).flatMap(importsOf);
    expect(imports.length).toBeGreaterThan(20);
    const missing = imports.filter(path => {
      const inside = packed.some(name => path === name || path.startsWith(`${name}/`));
      return !inside && !path.startsWith('node:') && !packages.includes(path.split('/')[0] ?? '');
    });
    expect(missing).toEqual([]);
  });

  it('asks Windows for an administrator, and is no Node.js for others', () => {
    expect(builder.win.requestedExecutionLevel).toBe('requireAdministrator');
    expect(builder.electronFuses).toMatchObject({ runAsNode: false, onlyLoadAppFromAsar: true });
  });
});

for (const arch of ['x64', 'arm64'] as const) {
  describe(`npm run dist:${arch}`, () => {
    const [install = '', build = ''] = scripts[`dist:${arch}`].split(' && ');

    it("has npm fetch Koffi's binary for Windows there, on every machine", () => {
      const app = mkdtempSync(join(folder, 'app-'));
      lockKoffi(app);
      cpSync(join(EXAMPLE, '.npmrc'), join(app, '.npmrc'));
      writeFileSync(join(app, '.npmrc'), 'package-lock=true\n', { flag: 'a' });
      const [, ...args] = install.split(' ');
      const told = npm([...args, '--dry-run', '--json', '--offline', '--no-audit'], app);
      const { add } = JSON.parse(told.slice(told.indexOf('{'))) as { add: { name: string; path: string }[] };
      expect(add.map(({ name }) => name).sort()).toEqual([`@koromix/koffi-win32-${arch}`, 'koffi']);
      const [outside = ''] = builder.asarUnpack.map(pattern => pattern.replace('/**', ''));
      expect(add.filter(({ path }) => path.includes(outside)).map(({ name }) => name)).toEqual([
        `@koromix/koffi-win32-${arch}`,
      ]);
    });

    it('builds for that architecture', () => {
      expect(build).toBe(`electron-builder --win --${arch}`);
    });

    it('fails where the binary is not beside the archive, or another one is, too', () => {
      const packed = {
        appOutDir: mkdtempSync(join(folder, 'out-')),
        arch: NUMBERS[arch],
        electronPlatformName: 'win32',
      };
      const unpacked = join(packed.appOutDir, 'resources/app.asar.unpacked/node_modules/@koromix');
      const put = (name: string, file: string) => {
        mkdirSync(join(unpacked, name, 'win32'), { recursive: true });
        writeFileSync(join(unpacked, name, file), '');
      };
      const other = arch === 'x64' ? 'arm64' : 'x64';
      const right = `koffi-win32-${arch}`;

      expect(() => checkKoffi(packed)).toThrow(
        `Beside the archive there should be ${right}, and there is none. Run \`${install}\` first.`,
      );
      put(right, 'index.js');
      expect(() => checkKoffi(packed)).toThrow('there is none');
      put(right, 'win32/koffi.node');
      expect(() => checkKoffi(packed)).not.toThrow();
      for (const further of ['koffi-linux-x64', 'koffi-win32-z80']) {
        put(further, 'win32/koffi.node');
        expect(() => checkKoffi(packed), further).toThrow(further);
        rmSync(join(unpacked, further), { recursive: true });
      }
      rmSync(unpacked, { recursive: true });
      put(`koffi-win32-${other}`, 'win32/koffi.node');
      expect(() => checkKoffi(packed)).toThrow(`there is koffi-win32-${other}`);
    });
  });
}

/** The project's own lock file, as far as Koffi goes: it knows the binaries of all platforms, and npm asks nobody. */
function lockKoffi(app: string): void {
  const { packages } = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'));
  const locked = Object.entries(packages).filter(([path]) => /^node_modules\/(koffi|@koromix\/.+)$/.test(path));
  const wanted = { dependencies: { koffi: packages['node_modules/koffi'].version } };
  writeFileSync(join(app, 'package.json'), JSON.stringify({ private: true, ...wanted }));
  writeFileSync(
    join(app, 'package-lock.json'),
    JSON.stringify({ lockfileVersion: 3, packages: { '': wanted, ...Object.fromEntries(locked) } }),
  );
}

function filesIn(name: string): string[] {
  const path = join(EXAMPLE, name);
  return statSync(path).isDirectory() ? readdirSync(path).flatMap(file => filesIn(`${name}/${file}`)) : [name];
}

/** What a file imports: files from the folder of the example on, packages by their names. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(EXAMPLE, file), 'utf8');
  return [...source.matchAll(/^import (?:.* from )?'([^']+)'|require\('([^']+)'\)/gm)].map(([, imported, required]) => {
    const specifier = imported ?? required ?? '';
    return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
  });
}
