import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { compile } from './compile.js';
import { ended } from './ended.js';
import { InstalledPackage } from './installed-package.js';
import { anyTypes, unexportedTypes } from './named-types.js';

const app = new InstalledPackage();
afterAll(() => app.remove());

const { NodeNext, Node20, ESNext } = ts.ModuleKind;
const { Bundler } = ts.ModuleResolutionKind;

describe.each([
  { name: 'module nodenext', options: { module: NodeNext }, extensions: ['mts', 'cts'] },
  { name: 'module node20', options: { module: Node20 }, extensions: ['cts'] },
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
      stdout: `${JSON.stringify([[4, 4, 3, 1, 1], 'bigint', true, [0xffffffff, 7], true, 'ISDSC_SERVICE_NOT_RUNNING', 'ERR_ISCSIDSC_DISPOSED', 'function'])}\n`,
      stderr: '',
    });
  });
});

describe('the declarations', () => {
  const entries = ['index', 'process', 'raw', 'simulate', 'simulator'];
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
});
