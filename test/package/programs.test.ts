import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { requiredTier } from '../required.js';
import { ended } from './ended.js';
import { InstalledPackage } from './installed-package.js';
import { findNode, nodeVersions } from './nodes.mjs';
import { printedByUses } from './uses.js';

const QUIET = { status: 0, signal: null, stderr: '' };
const LEFT = { status: 7, signal: null, stdout: '', stderr: '' };
const WAYS = ['exit', 'exit-later', 'dispose', 'throw', 'end', 'terminate-worker'];
const ENTRIES = ['iscsidsc', 'iscsidsc/raw', 'iscsidsc/simulator'];

const ARGUMENT = `
  Promise.all([import('iscsidsc'), import('iscsidsc/simulator')]).then(([{ getIScsiSessionListSync }, { createSimulator }]) => {
    process.stdout.write(String(getIScsiSessionListSync({ library: createSimulator() }).length));
  });
`;

const others = nodeVersions.map(version => [`Node ${version}`, requiredTier(findNode(version))] as const);
const app = new InstalledPackage();
afterAll(() => app.remove());

promises('this Node', process.execPath, { rounds: 10, delays: ['0', '30'] });
for (const [name, node] of others) {
  if (node.ok) promises(name, node.program, { rounds: 4, delays: ['30'] });
  else describe.skip(name, () => it(`is prepared by ${node.how}`, () => {}));
}

function promises(name: string, node: string, { rounds, delays }: { rounds: number; delays: string[] }): void {
  describe(`the installed package in ${name}`, () => {
    it.for([
      ['as ESM', ['esm.mjs']],
      ['as CommonJS', ['commonjs.cjs']],
      ['as ESM in a worker thread', ['in-worker.mjs', './esm.mjs']],
      ['as CommonJS in a worker thread', ['in-worker.mjs', './commonjs.cjs']],
    ] as const)('lists, asks for devices, calls raw functions and tells errors apart %s', async ([, args]) => {
      const result = await app.run(node, ...args);
      expect(result).toMatchObject(QUIET);
      expect(JSON.parse(result.stdout)).toMatchObject(printedByUses());
    });

    it('works as ESM and CommonJS together in one process', async () => {
      expect(await app.run(node, 'both-copies.mjs')).toEqual({ ...QUIET, stdout: '80 lists, two copies' });
    });

    it('works in a program that is an argument, and in a worker made of text', async () => {
      expect(await app.run(node, '-e', ARGUMENT)).toEqual({ ...QUIET, stdout: '4' });
      const worker = `new (require('node:worker_threads').Worker)(${JSON.stringify(ARGUMENT)}, { eval: true });`;
      expect(await app.run(node, '-e', worker)).toEqual({ ...QUIET, stdout: '4' });
    });

    it('tells of a warning where its errors are not those of Node', async () => {
      const stdout = '4 StatusWarning ISDSC_OPERATION_REQUIRES_REBOOT';
      expect(await app.run(node, '--no-warnings', 'vm-context.cjs')).toEqual({ ...QUIET, stdout });
    });

    it('works in several worker threads at once', async () => {
      expect(await app.run(node, 'workers.mjs', String(rounds))).toEqual({ ...QUIET, stdout: 'all whole' });
    });

    it.skipIf(process.platform === 'win32')('is imported without loading a DLL', async () => {
      const result = await app.run(node, 'imports.mjs');
      expect(result).toMatchObject(QUIET);
      expect(JSON.parse(result.stdout)).toEqual({
        entries: {
          ...Object.fromEntries(ENTRIES.map(entry => [entry, 'the same in both forms'])),
          'iscsidsc/package.json': expect.stringMatching(/^\d+\.\d+\.\d+/),
        },
        atImport: [],
        atCall: [],
        code: 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM',
      });
    });

    it('loads no DLL before the first call where it is Windows, and kernel32.dll first of all', async () => {
      const result = await app.run(node, 'imports.mjs', '--as-windows');
      expect(result).toMatchObject(QUIET);
      const { atImport, atCall } = JSON.parse(result.stdout);
      expect(atImport).toEqual([]);
      expect(atCall[0]).toBe('kernel32.dll');
    });

    it('has a command, iscsidsc', async () => {
      const result = await command(node, 'sessions', '--simulate', '--json');
      expect(result).toMatchObject({ status: 0, stderr: expect.stringMatching(/^The sessions are simulated.*\n$/) });
      expect(JSON.parse(result.stdout)).toHaveLength(4);
      expect(await command(node, 'nonsense')).toMatchObject({ status: 2, stdout: '' });
    });

    it.for(WAYS.flatMap(way => delays.map(delay => [way, delay])))(
      'lets a process end as it wants while calls run: %s, with a delay of %s ms',
      async args => {
        expect(await app.run(node, 'leaving.mjs', ...args)).toEqual(LEFT);
      },
    );
  });
}

/** The command as `npx` runs it: by its link, with the Node that is found first. */
function command(node: string, ...args: string[]) {
  const link = join(app.folder, 'node_modules/.bin/iscsidsc');
  const shell = existsSync(`${link}.cmd`);
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  return ended(shell ? `"${link}.cmd"` : link, args, { cwd: app.folder, env, shell });
}
