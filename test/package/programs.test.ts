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
const SIMULATED = 'iscsidsc/simulate: the iSCSI initiator is simulated. No call reaches Windows.\n';

// Node.js 22.12 warns when ES modules are required; 22.13 no longer does.
const WARNING = expect.stringMatching(/^\(node:\d+\) ExperimentalWarning: CommonJS module .* is loading ES Module/);

const ARGUMENT = `
  const { createSimulator } = require('iscsidsc/simulator');
  import('iscsidsc').then(({ getIScsiSessionListSync }) => {
    process.stdout.write(String(getIScsiSessionListSync({ library: createSimulator() }).length));
  });
`;
const app = new InstalledPackage();
afterAll(() => app.remove());

everyNode('this Node', process.execPath);
thisNode();
for (const version of nodeVersions) {
  const node = requiredTier(findNode(version));
  if (node.ok) everyNode(`Node ${version}`, node.program, version === '22.12.0' ? WARNING : '');
  else describe.skip(`Node ${version}`, () => it(`is prepared by ${node.how}`, () => {}));
}

/** What one version of Node.js can do otherwise than another: loading, threads, the end of the process. */
function everyNode(name: string, node: string, whenRequired: unknown = ''): void {
  // For the other programs that warning does not matter.
  const run = (...args: string[]) => app.run(node, '--disable-warning=ExperimentalWarning', ...args);

  describe(`the installed package in ${name}`, () => {
    it('is imported and required, in the main thread and in workers, and is one copy', async () => {
      const result = await run('whole.mjs');
      expect(result).toMatchObject(QUIET);
      const lines = result.stdout.trimEnd().split('\n');
      expect(lines).toHaveLength(4);
      for (const line of lines) expect(JSON.parse(line)).toMatchObject(printedByUses());
    });

    it('is required by CommonJS', async () => {
      expect(await app.run(node, 'commonjs.cjs')).toMatchObject({ ...QUIET, stderr: whenRequired });
    });

    it('works in a program that is an argument, and in a worker made of text', async () => {
      const worker = `new (require('node:worker_threads').Worker)(${JSON.stringify(ARGUMENT)}, { eval: true });`;
      expect(await run('-e', `${ARGUMENT}${worker}`)).toEqual({ ...QUIET, stdout: '44' });
    });

    it('is a simulator with --import iscsidsc/simulate, and says so once', async () => {
      const result = await run('--import', 'iscsidsc/simulate', 'simulated.mjs');
      const inWorker = '["simulator",0,4,4,7]\n';
      expect(result).toEqual({ ...QUIET, stdout: `${inWorker}["simulator",0,3,3,7]\n`, stderr: SIMULATED });
    });

    it('emits a warning where its errors are not those of Node', async () => {
      const stdout = '4 StatusWarning ISDSC_OPERATION_REQUIRES_REBOOT';
      const args = ['--experimental-vm-modules', '--no-warnings', 'vm-context.mjs'];
      expect(await run(...args)).toEqual({ ...QUIET, stdout });
    });

    it('works in several worker threads at once', async () => {
      expect(await run('workers.mjs', '4')).toEqual({ ...QUIET, stdout: 'all whole' });
    });

    it('loads no DLL before the first call where it is Windows, and kernel32.dll first of all', async () => {
      const result = await run('imports.mjs', '--as-windows');
      expect(result).toMatchObject(QUIET);
      const { atImport, atCall } = JSON.parse(result.stdout);
      expect(atImport).toEqual([]);
      expect(atCall[0]).toBe('kernel32.dll');
    });

    it('has a command, iscsidsc', async () => {
      const result = await command(node, 'sessions', '--simulate', '--json');
      expect(result).toMatchObject(QUIET);
      expect(JSON.parse(result.stdout)).toHaveLength(4);
    });

    it.each(['exit', 'terminate-worker'])('lets a process end while calls run: %s', async way => {
      expect(await run('leaving.mjs', way, '30')).toEqual(LEFT);
    });
  });
}

/** What is the same in every version of Node.js. */
function thisNode(): void {
  const run = (...args: string[]) => app.run(process.execPath, ...args);

  describe('the installed package', () => {
    it.skipIf(process.platform === 'win32')('is imported without loading a DLL', async () => {
      const result = await run('imports.mjs');
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

    it('says with status 2 that there is no such command', async () => {
      expect(await command(process.execPath, 'nonsense')).toMatchObject({ status: 2, stdout: '' });
    });

    it.each(WAYS.flatMap(way => ['0', '30'].map(delay => [way, delay])))(
      'lets a process end as it wants while calls run: %s, with a delay of %s ms',
      async (...args) => {
        expect(await run('leaving.mjs', ...args)).toEqual(LEFT);
      },
    );

    it.each([
      ['that code requires, twice', ['simulated-by-code.cjs']],
      [
        'by --require',
        ['--require', 'iscsidsc/simulate', '-p', "require('iscsidsc').getIScsiSessionListSync().length"],
      ],
    ])('is a simulator %s', async (_, args) => {
      expect(await run(...args)).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^4\n?$/),
        stderr: SIMULATED,
      });
    });

    it('is a simulator by NODE_OPTIONS, for its command, too', async () => {
      const env = { ...process.env, NODE_OPTIONS: '--import iscsidsc/simulate' };
      const result = await ended(process.execPath, ['node_modules/iscsidsc/dist/cli.js', 'sessions', '--json'], {
        cwd: app.folder,
        env,
      });
      expect(result).toMatchObject({ status: 0, stderr: SIMULATED });
      expect(JSON.parse(result.stdout)).toHaveLength(4);
    });
  });
}

/** The command as `npx` runs it: by its link, with the Node that is found first. */
function command(node: string, ...args: string[]) {
  const link = join(app.folder, 'node_modules/.bin/iscsidsc');
  const shell = existsSync(`${link}.cmd`);
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  return ended(shell ? `"${link}.cmd"` : link, args, { cwd: app.folder, env, shell });
}
