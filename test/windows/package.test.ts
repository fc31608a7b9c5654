import { cpSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printedByUses } from '../package/uses.js';
import { App } from './app.js';
import { standInText } from './programs/stand-in.js';
import { tierOrReason } from './required.js';
import { nodeVersions } from './tier.mjs';

const QUIET = { status: 0, signal: null, stderr: '' };
const SAME = 'the same in both forms';

describe.each(nodeVersions)('the installed package in Windows Node %s', node => {
  const tier = tierOrReason(node);
  if (!tier.ok) return it.skip(`once it is prepared by ${tier.how}`, () => {});
  const app = new App(tier);
  cpSync('test/package/programs', tier.appFolder, { recursive: true });

  it.each([
    ['as ESM', ['esm.mjs']],
    ['as CommonJS', ['commonjs.cjs']],
    ['as ESM in a worker thread', ['in-worker.mjs', './esm.mjs']],
    ['as CommonJS in a worker thread', ['in-worker.mjs', './commonjs.cjs']],
  ])('lists, asks for devices, calls raw functions and tells errors apart %s', async (_, args) => {
    const result = await app.run(args);
    expect(result).toMatchObject(QUIET);
    expect(JSON.parse(result.stdout)).toMatchObject(printedByUses());
  });

  it('is imported without loading a DLL, and loads kernel32.dll first of all', async () => {
    const result = await app.run(['imports.mjs'], { env: { ISCSIDSC_STANDIN: standInText({ sessions: 1 }) } });
    expect(result).toMatchObject(QUIET);
    const { entries, atImport, atCall } = JSON.parse(result.stdout);
    expect(entries).toMatchObject({ iscsidsc: SAME, 'iscsidsc/raw': SAME, 'iscsidsc/simulator': SAME });
    expect(atImport).toEqual([]);
    expect([...new Set(atCall)]).toEqual(['kernel32.dll', 'C:\\windows\\system32\\iscsidsc.dll']);
  });

  it('has a command that lists', async () => {
    const env = { ISCSIDSC_STANDIN: standInText({ sessions: 2 }) };
    const result = await app.run(['node_modules/iscsidsc/dist/cli.js', 'sessions', '--json'], { env });
    expect(result).toMatchObject(QUIET);
    expect(JSON.parse(result.stdout)).toHaveLength(2);
  });
});
