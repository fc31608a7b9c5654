import { describe, expect, it } from 'vitest';
import { STATUS_ROWS } from '../../src/header/statuses.js';
import { exportNames } from '../../src/native/functions.js';
import { run } from '../cli/run.js';
import { PAGES, readPage } from './page.js';
import { exportsOf } from './public-surface.js';

const STATUSES: readonly string[] = STATUS_ROWS.map(([, name]) => name);
const EXPORTS: readonly string[] = exportNames();
const FUNCTIONS = exportsOf('src/index.ts').map(({ name }) => name);

describe('the names in README.md and docs', () => {
  it('of statuses are those of the header', () => {
    for (const { name, text } of PAGES) {
      for (const [, status] of text.matchAll(/\b(ISDSC_[A-Z_]+)\b/g)) expect(STATUSES, name).toContain(status);
    }
  });
});

describe('docs/from-powershell.md', () => {
  const rows = readPage('docs/from-powershell.md')
    .text.split('\n')
    .filter(line => line.startsWith('|') && !/^\| (---|cmdlet|command|parameter|`-)/.test(line))
    .map(line => line.split(/(?<!\\)\|/).map(cell => cell.trim()));

  it('names functions that there are', () => {
    expect(rows.length).toBeGreaterThan(30);
    for (const [, theirs, ours = ''] of rows) {
      const names = [...ours.matchAll(/`(\w+)/g)].map(([, name = '']) => name);
      for (const name of names) {
        expect([...FUNCTIONS, ...EXPORTS, 'isPersistent', 'forceUpdate'], theirs).toContain(name);
        if (EXPORTS.includes(name)) expect(ours, theirs).toMatch(/\(raw\)$/);
      }
    }
  });

  it('has raw functions only where there is no other', () => {
    for (const [, , ours = ''] of rows.filter(cells => /\(raw\)$/.test(cells[2] ?? ''))) {
      for (const [, name = ''] of ours.matchAll(/`(\w+)/g)) {
        const own = name.replace(/W$/, '');
        expect(FUNCTIONS).not.toContain(own.charAt(0).toLowerCase() + own.slice(1));
      }
    }
  });

  it('names commands that there are, with their options', async () => {
    const commands = rows.flatMap(([, , , cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text));
    expect(commands.length).toBeGreaterThan(20);
    for (const command of commands) {
      const [words, options] = [command.split(' ').filter(word => !word.startsWith('-')), command.match(/--[a-z-]+/g)];
      const help = await run([...words, '--help']);
      expect(help, command).toMatchObject({ status: 0, stderr: '' });
      for (const option of options ?? []) expect(help.stdout, command).toContain(option);
    }
  });
});
