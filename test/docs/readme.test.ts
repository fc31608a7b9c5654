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
      const between = new RegExp(`(<!-- ${marker} -->\\n)[sS]*?(<!-- /${marker} -->)`);
      expect(text).toMatch(between);
      const right = text.replace(between, (_, start, end) => `${start}${table()}\n${end}`);
      if (mode === 'write') writeFileSync(README, right);
      else expect(text).toBe(right);
    });
  }
});
