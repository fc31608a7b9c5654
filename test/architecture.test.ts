import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));

/** What each folder may import, besides itself and the files at the top of src. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  header: [],
  native: ['header'],
  codec: ['native', 'header'],
  call: ['codec', 'native', 'header'],
  api: ['call', 'codec', 'native', 'header'],
  tasks: ['api', 'call', 'codec', 'native', 'header'],
  simulator: ['api', 'codec', 'native', 'header'],
  raw: ['call', 'codec', 'native', 'header'],
  process: ['tasks', 'api', 'call', 'codec', 'native', 'header'],
  cli: [],
};
const TOP: Readonly<Record<string, readonly string[]>> = {
  process: ['index', 'errors', 'arguments'],
  cli: ['index', 'lun', 'portal', 'simulator', 'volume-path'],
  other: ['errors', 'arguments', 'lun', 'portal', 'volume-path'],
};

describe('the direction of dependencies', () => {
  for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
    it(`${folder} imports ${[folder, ...allowed].join(', ')} and the errors`, () => {
      const wrong = importsOf(folder).filter(path => !isAllowed(folder, allowed, path));
      expect(wrong).toEqual([]);
    });
  }

  it('every folder is in the list', () => {
    const folders = readdirSync(SOURCE, { withFileTypes: true }).filter(entry => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });
});

it('importing the package does not open stdin, as an import of node:process does, which reads all of its members', () => {
  const watched = "let opened = false; Object.defineProperty(process, 'stdin', { get: () => { opened = true; } });";
  const entries = ['index', 'raw', 'simulator'].map(name => pathToFileURL(join(SOURCE, `../dist/${name}.js`)));
  const imports = entries.map(entry => `await import('${entry}');`).join(' ');
  const program = `${watched} ${imports} console.log(opened);`;
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })).toBe('false\n');
});

function importsOf(folder: string): string[] {
  const files = readdirSync(join(SOURCE, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter(file => file.endsWith('.ts'))
    .flatMap(file => {
      const path = join(folder, file);
      const text = readFileSync(join(SOURCE, path), 'utf8');
      const imports = text.matchAll(/(?:from|import\() ?'(\.[^']+)'/g);
      return [...imports].map(([, imported = '']) => join(dirname(path), imported));
    });
}

/** `path` is relative to src, such as `codec/layout.js`. */
function isAllowed(folder: string, allowed: readonly string[], path: string): boolean {
  const [first = '', ...rest] = path.split('/');
  if (rest.length > 0) return first === folder || allowed.includes(first);
  const top = TOP[folder] ?? TOP.other ?? [];
  return top.includes(first.replace('.js', ''));
}
