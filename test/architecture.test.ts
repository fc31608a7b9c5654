import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../src', import.meta.url));

/** What each folder may import, besides itself and the files at the top of src. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  native: [],
  memory: ['native'],
  call: ['memory', 'native'],
  api: ['call', 'memory', 'native'],
  simulator: ['memory', 'native'],
  raw: ['native'],
  cli: [],
};
const TOP: Readonly<Record<string, readonly string[]>> = {
  cli: ['index', 'simulator', 'errors'],
  other: ['errors', 'arguments'],
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

function importsOf(folder: string): string[] {
  return readdirSync(`${SOURCE}/${folder}`).flatMap(file =>
    [...readFileSync(`${SOURCE}/${folder}/${file}`, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(
      ([, path]) => path as string,
    ),
  );
}

function isAllowed(folder: string, allowed: readonly string[], path: string): boolean {
  if (path.startsWith('./')) return true;
  const [, first = ''] = path.split('/');
  const top = TOP[folder] ?? TOP.other ?? [];
  return allowed.includes(first) || top.includes(first.replace('.js', ''));
}
