import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { compile } from './compile.js';
import { ended } from './ended.js';
import { InstalledPackage } from './installed-package.js';
import { anyTypes, unexportedTypes } from './named-types.js';

const app = new InstalledPackage();
afterAll(() => app.remove());

const { NodeNext, Node16, ESNext } = ts.ModuleKind;
const { Bundler } = ts.ModuleResolutionKind;

describe.each([
  { name: 'module nodenext', options: { module: NodeNext }, extensions: ['mts', 'cts'] },
  { name: 'module node16', options: { module: Node16 }, extensions: ['cts'] },
  { name: 'moduleResolution bundler', options: { module: ESNext, moduleResolution: Bundler }, extensions: ['ts'] },
])('TypeScript with $name', ({ name, options, extensions }) => {
  const folder = join(app.folder, name.replace(' ', '-'));
  const sources = extensions.flatMap(extension =>
    ['right', 'wrong'].map(program => [`${program}.ts`, join(folder, `${program}.${extension}`)] as const),
  );
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [program, source] of sources) copyFileSync(join(app.folder, program), source);

  it(`compiles what is right and refuses what is wrong, as ${extensions.join(' and ')}`, { timeout: 120_000 }, () => {
    const files = sources.map(([, source]) => source);
    expect(compile(files, { ...options, outDir: folder }).complaints).toEqual([]);
  });

  it.each(extensions)('makes a program of %s that runs', async extension => {
    const file = join(folder, `right.${extension.replace('ts', 'js')}`);
    expect(await ended(process.execPath, [file])).toEqual({
      status: 0,
      signal: null,
      stdout: `${JSON.stringify([[4, 4, 3, 1, 1], 'bigint', true, true, 'ISDSC_SERVICE_NOT_RUNNING'])}\n`,
      stderr: '',
    });
  });
});

it('a type of the CommonJS copy is one of the ESM copy', { timeout: 120_000 }, () => {
  const folder = join(app.folder, 'mixed');
  mkdirSync(folder);
  const theirs = join(folder, 'options.cts');
  const ours = join(folder, 'list.mts');
  writeFileSync(theirs, `import type { AsyncOptions } from 'iscsidsc';\nexport const options: AsyncOptions = {};\n`);
  writeFileSync(
    ours,
    `import { getIScsiSessionList } from 'iscsidsc';
import { options } from './options.cjs';
export const sessions = getIScsiSessionList(options);
`,
  );
  expect(compile([theirs, ours], { module: NodeNext }).complaints).toEqual([]);
});

describe('the declarations', () => {
  const entries = ['index', 'raw', 'simulator'];
  const { program, complaints } = compile(
    entries.map(entry => join(app.package, `dist/${entry}.d.ts`)),
    {
      types: [],
      lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
      module: ESNext,
      moduleResolution: Bundler,
    },
  );
  const ours = readdirSync(join(app.package, 'dist'))
    .filter(name => name.endsWith('.d.ts'))
    .map(name => join(app.package, 'dist', name));

  it('need no types but those of the language and the web: a window can use them', () => {
    expect(complaints).toEqual([]);
  });

  it('have no any', () => {
    expect(ours.flatMap(file => anyTypes(program, file))).toEqual([]);
  });

  it.each(entries)('of %s export every type that they name', entry => {
    expect(unexportedTypes(program, join(app.package, `dist/${entry}.d.ts`))).toEqual([]);
  });

  it('are the same for CommonJS', () => {
    for (const file of ours) {
      const text = readFileSync(file.replace(/\.d\.ts$/, '.d.cts'), 'utf8');
      expect(text.replace(/(?<=')(\..*)\.cjs(?=')/g, '$1.js')).toBe(readFileSync(file, 'utf8'));
    }
  });
});
