import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';
import { afterAll, describe, expect, it } from 'vitest';
import { requiredTier } from '../required.js';
import { ended } from './ended.js';
import { InstalledPackage } from './installed-package.js';
import { findNode } from './nodes.mjs';

type Format = 'esm' | 'cjs';
interface Bundle {
  format: Format;
  /** These stay outside. */
  external: string[];
}

const EXTENSIONS = { esm: 'mjs', cjs: 'cjs' } as const;
// Koffi needs no mention: no bundler takes it in.
const NOTHING: string[] = [];
const BOTH_OUTSIDE = ['koffi', 'iscsidsc'];
const FORMATS: Format[] = ['esm', 'cjs'];

const SIMULATED = 'iscsidsc/simulate: the iSCSI initiator is simulated. No call reaches Windows.\n';
const DONE = { status: 0, signal: null, stdout: '4 2\n', stderr: SIMULATED };

const app = new InstalledPackage();
const program = join(app.folder, 'bundled.mjs');
const onlyKoffi = folderWithKoffi();
const nothing = mkdtempSync(join(tmpdir(), 'iscsidsc-nothing-'));
afterAll(() => {
  app.remove();
  for (const folder of [onlyKoffi, nothing]) rmSync(folder, { recursive: true });
});

describe.each([
  ['esbuild', withEsbuild],
  ['vite (SSR)', withVite],
] as const)('a program bundled by %s', (_, bundle) => {
  describe.each(FORMATS)('as %s', format => {
    it('works where there is nothing but koffi', async () => {
      expect(await run(await bundle({ format, external: NOTHING }, onlyKoffi))).toEqual(DONE);
    });

    it('works with the package left outside, too', async () => {
      const file = await bundle({ format, external: BOTH_OUTSIDE }, join(app.folder, 'outside'));
      expect(await run(file)).toEqual(DONE);
      expect(readFileSync(file, 'utf8').length).toBeLessThan(2000);
    });

    it('says what to do where koffi is not to be found', async () => {
      const { stderr } = await run(await bundle({ format, external: NOTHING }, nothing));
      expect(stderr).toMatch(/Koffi, which makes the native calls, cannot be loaded.*ERR_ISCSIDSC_LIBRARY_LOAD/s);
    });
  });
});

const node = requiredTier(findNode('26'));
describe.skipIf(!node.ok)('a single executable of Node.js 26', () => {
  it('works with koffi beside it', async () => {
    if (!node.ok) return;
    const main = await withEsbuild({ format: 'cjs', external: NOTHING }, onlyKoffi);
    const output = join(onlyKoffi, process.platform === 'win32' ? 'program.exe' : 'program');
    const config = join(onlyKoffi, 'sea-config.json');
    writeFileSync(config, JSON.stringify({ main, output, disableExperimentalSEAWarning: true }));
    expect(await ended(node.program, ['--build-sea', config])).toMatchObject({ status: 0 });
    expect(await ended(output, [], { cwd: nothing })).toEqual(DONE);
  });
});

async function withEsbuild({ format, external }: Bundle, folder: string): Promise<string> {
  const outfile = join(folder, `esbuild.${EXTENSIONS[format]}`);
  const { warnings } = await esbuild({
    entryPoints: [program],
    outfile,
    bundle: true,
    platform: 'node',
    format,
    external,
    logLevel: 'error',
  });
  expect(warnings).toEqual([]);
  return outfile;
}

async function withVite({ format, external }: Bundle, folder: string): Promise<string> {
  const file = `vite.${EXTENSIONS[format]}`;
  await vite({
    root: app.folder,
    configFile: false,
    logLevel: 'error',
    ssr: { external, noExternal: external.includes('iscsidsc') ? [] : ['iscsidsc'] },
    build: {
      ssr: program,
      outDir: folder,
      emptyOutDir: false,
      rollupOptions: { output: { format, entryFileNames: file } },
    },
  });
  return join(folder, file);
}

function folderWithKoffi(): string {
  const folder = mkdtempSync(join(tmpdir(), 'iscsidsc-koffi-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(app.folder, 'node_modules/koffi'), join(folder, 'node_modules/koffi'), 'junction');
  return folder;
}

function run(file: string) {
  return ended(process.execPath, [file], { cwd: dirname(file) });
}
