import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleSessions } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import type { Scenario } from '../contract/scenario.js';
import { App } from './app.js';
import { standInText } from './programs/stand-in.js';
import { readRecords } from './records.js';
import { tierOrReason } from './required.js';

const tier = tierOrReason();

describe.skipIf(!tier.ok)('the installed package in Windows Node', () => {
  if (!tier.ok) return;
  const app = new App(tier);

  it('lists the sessions of the DLL in System32', async () => {
    const env = { ISCSIDSC_STANDIN: standInText({ sessions: 3 }) };
    const { stdout } = await app.run([await app.program('list')], { env });
    expect(JSON.parse(stdout)).toEqual({ sessions: exampleSessions(3) });
  });

  for (const [codePage, name] of [
    [1252, 'größe-ñ-€'],
    [932, '日本語ｱ表'],
    [65001, 'größe-日本語-😀'],
  ] as const) {
    it(`returns the same text from the A form as from the W form in code page ${codePage}`, async () => {
      const { stdout } = await app.run([await app.program('code-page'), name], { codePage });
      const expected = exampleSessions(3, { name });
      expect(JSON.parse(stdout)).toEqual({ codePage, unicode: expected, ansi: expected });
    });
  }

  it('serves several worker threads, which import and require it', async () => {
    expect(await app.run([await app.program('worker')])).toMatchObject({ stdout: 'all whole', stderr: '', status: 0 });
  });

  it('runs the first program of README.md as it stands', async () => {
    const [, code] = /```js\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
    writeFileSync(join(tier.appFolder, 'readme.mjs'), code as string);
    const env = { ISCSIDSC_STANDIN: standInText({ sessions: 2 }) };
    const { stdout, stderr } = await app.run(['readme.mjs'], { env });
    expect(stderr).toBe('');
    expect(stdout).toContain("ffffe00112345010-4000013700000001 iqn.2003-01.org.example:disk-1 [ '10.0.0.1' ]");
  });

  describe('the command line', () => {
    const cli = 'node_modules/iscsidsc/dist/cli.js';

    it('prints the sessions', async () => {
      const env = { ISCSIDSC_STANDIN: standInText({ sessions: 3 }) };
      const result = await app.run([cli, 'sessions', '--json'], { env });
      expect(result).toMatchObject({ status: 0, stderr: '' });
      expect(JSON.parse(result.stdout)).toEqual(exampleSessions(3));
      const ansi = await app.run([cli, 'sessions', '--ansi'], { env });
      expect(ansi.stdout).toContain('ffffe00112345010-4000013700000002');
    });

    it('says what to do when the service is stopped', async () => {
      const env = { ISCSIDSC_STANDIN: standInText({ status: 0xefff003e }) };
      const result = await app.run([cli, 'sessions'], { env });
      expect(result).toMatchObject({ status: 1, stdout: '' });
      expect(result.stderr).toMatch(/^iscsidsc: ISDSC_SERVICE_NOT_RUNNING: .*net start MSiSCSI/);
    });

    describe('connects to a target', () => {
      const connect = async (scenario: Scenario) => {
        const log = `connect-${process.pid}.jsonl`;
        const env = {
          ISCSIDSC_STANDIN: standInText({ sessions: 2, targets: 3, ...scenario }, log),
          ISCSIDSC_CHAP_SECRET: 'initiator-12345',
        };
        const args = ['connect', '10.9.9.9', 'iqn.2003-01.org.example:disk-2', '--chap-user', 'host', '--persistent'];
        const result = await app.run([cli, ...args, '--wait', '0', '--json'], { env });
        const changes = readRecords(app.read(log)).filter(each => /^(Add|Login|Logout|Remove)/.test(each.export));
        rmSync(join(tier.appFolder, log));
        return { ...result, changes };
      };
      const portal = { SymbolicName: '', Address: '10.9.9.9', Socket: 3260 };
      const sessionId = 'ffffe00112345010-4000013700000002';

      it('with the portal and the secret that it is given', async () => {
        const { stdout, stderr, status, changes } = await connect({});
        expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
        expect(JSON.parse(stdout)).toMatchObject({ sessions: [{ sessionId, isNew: true }], devices: [{}] });
        const login = {
          export: 'LoginIScsiTargetW',
          parameters: {
            TargetName: 'iqn.2003-01.org.example:disk-2',
            TargetPortal: portal,
            LoginOptions: {
              AuthType: 1,
              Username: Buffer.from('host').toString('hex'),
              Password: Buffer.from('initiator-12345').toString('hex'),
            },
          },
        };
        expect(changes).toMatchObject([
          { export: 'AddIScsiSendTargetPortalW', parameters: { Portal: portal } },
          { ...login, parameters: { ...login.parameters, IsPersistent: 0 } },
          { ...login, parameters: { ...login.parameters, IsPersistent: 1 } },
        ]);
      });

      it('and leaves nothing behind when a step fails', async () => {
        const statuses = { GetDevicesForIScsiSessionW: [0xefff0001] };
        const { stdout, stderr, status, changes } = await connect({ statuses });
        expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
        expect(stderr).toMatch(/ISDSC_NON_SPECIFIC_ERROR: .*GetDevicesForIScsiSessionW/);
        expect(changes.slice(2)).toMatchObject([
          { export: 'LogoutIScsiTarget', parameters: { UniqueSessionId: sessionId } },
          { export: 'RemoveIScsiSendTargetPortalW', parameters: { Portal: portal } },
        ]);
      });
    });

    it('ends with status 3 while the call hangs', async () => {
      // Longer than the process may run.
      const env = { ISCSIDSC_STANDIN: standInText({ delay: 600_000 }) };
      const result = await app.run([cli, 'sessions', '--timeout', '0.5'], { env });
      expect(result.stderr).toMatch(/^iscsidsc: The initiator did not answer within 500 ms/);
      expect(result.status).toBe(3);
    });
  });
});
