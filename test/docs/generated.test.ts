import { mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { initiatorErrorTable, metErrorTable, ownErrorTable, warningTable, win32ErrorTable } from './error-tables.js';
import { exportTable } from './export-table.js';
import { functionTable, ownFunctionTable } from './function-table.js';
import { holdFile, holdSection } from './generated.js';
import { sessionsPicture } from './picture.js';
import { PROJECT } from './project.js';

const SECTIONS = [
  ['README.md', 'functions', functionTable],
  ['README.md', 'own functions', ownFunctionTable],
  ['README.md', 'errors', metErrorTable],
  ['docs/errors.md', 'own errors', ownErrorTable],
  ['docs/errors.md', 'warnings', warningTable],
  ['docs/errors.md', 'initiator errors', initiatorErrorTable],
  ['docs/errors.md', 'win32 errors', win32ErrorTable],
  ['docs/raw.md', 'exports', exportTable],
] as const;

// What fails here is written anew by `npm run docs`.
describe('what the docs have from the sources', () => {
  it.each(SECTIONS)('%s has its table of %s as they have it', (page, marker, table) => {
    holdSection(page, marker, table());
  });

  it.each(SECTIONS)('%s: the table of %s is one, with as many cells in each row', (_page, _marker, table) => {
    const rows = table()
      .split('\n')
      .filter(line => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(2);
    expect(new Set(rows.map(row => row.split('|').length)).size).toBe(1);
  });

  it('has a picture of the table that the command line prints', async () => {
    mkdirSync(`${PROJECT}docs/images`, { recursive: true });
    holdFile('docs/images/sessions.svg', await sessionsPicture());
  });
});
