import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorTable, functionTable } from './tables.js';

const README = fileURLToPath(new URL('../../README.md', import.meta.url));
// Vitest's, as `--mode` says.
const mode = (import.meta as { env?: { MODE?: string } }).env?.MODE;

describe('README.md', () => {
  for (const [marker, table] of [
    ['functions', functionTable],
    ['errors', errorTable],
  ] as const) {
    it(`has the table of ${marker} as the sources have it (npm run docs writes it)`, () => {
      const text = readFileSync(README, 'utf8');
      const [before, rest = ''] = text.split(`<!-- ${marker} -->\n`);
      const [, after] = rest.split(`<!-- /${marker} -->`);
      const right = `${before}<!-- ${marker} -->\n${table()}\n<!-- /${marker} -->${after}`;
      if (mode === 'write') writeFileSync(README, right);
      else expect(text).toBe(right);
    });
  }
});
