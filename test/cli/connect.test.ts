import { describe, expect, it } from 'vitest';
import { disturbed } from '../tasks/disturbed-library.js';
import { answering, machine } from './run.js';

const DISK = 'iqn.2003-01.org.example:disk1';
const CHAP_DISK = 'iqn.2003-01.org.example:disk2';
const SQL = 'iqn.1992-08.com.example.san:vol-sql';
const SECRET = 'initiator-12345';
const environment = { ISCSIDSC_CHAP_SECRET: SECRET };

describe('connect', () => {
  it('prints the session, the disks and what it has made', async () => {
    using on = machine();
    const { stdout, stderr, status } = await on.run(`connect 10.0.0.10 ${DISK} --persistent`);
    const { sessionId } = on.library.sessions.at(-1) ?? {};
    expect(stdout).toBe(`\
Target:      ${DISK}
Session ID:  ${sessionId}, 10.0.0.10:3260, new
Disks:       \\\\.\\PhysicalDrive5, LUN 0, I:\\
Created:     portal 10.0.0.10:3260
             session ${sessionId}
             saved login through portal 10.0.0.10:3260
`);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(on.library.persistentLogins.at(-1)?.targetName).toBe(DISK);
  });

  it('makes nothing twice', async () => {
    using on = machine();
    const line = `connect 10.0.0.10 ${DISK} --persistent`;
    await on.run(line);
    const { sessions, persistentLogins, sendTargetPortals } = on.library;
    const { stdout, status } = await on.run(line);
    expect(stdout).toMatch(/^Session ID: {2}\S+, 10\.0\.0\.10:3260, was there$/m);
    expect(stdout).toMatch(/^Created: {5}nothing$/m);
    expect(status).toBe(0);
    const now = on.library;
    expect([now.sessions, now.persistentLogins, now.sendTargetPortals]).toEqual([
      sessions,
      persistentLogins,
      sendTargetPortals,
    ]);
  });

  it('prints with --json what connectTarget returns', async () => {
    using on = machine();
    const { stdout, stderr } = await on.run(`connect 10.0.0.10 10.9.9.9 ${DISK} --multipath --json`);
    const { sessionId } = on.library.sessions.at(-1) ?? {};
    expect(JSON.parse(stdout)).toMatchObject({
      targetName: DISK,
      sessions: [{ sessionId, portal: { address: '10.0.0.10', socket: 3260 }, isNew: true }],
      devices: [{ legacyName: '\\\\.\\PhysicalDrive5' }],
      failed: [{ portal: { address: '10.9.9.9' }, error: { code: 'ISDSC_CONNECTION_FAILED' } }],
      created: { portals: [{ address: '10.0.0.10' }], sessions: [{ sessionId }], persistentLogins: [] },
    });
    expect(stderr).toBe('');
  });

  it('has a session through each portal with --multipath, and warns of one that does not work', async () => {
    using on = machine();
    const { stdout, stderr, status } = await on.run(`connect 10.0.0.10 10.9.9.9 10.0.1.10 ${DISK} --multipath`);
    expect(stdout).toMatch(
      /10\.0\.0\.10:3260, new\n +\S+, 10\.0\.1\.10:3260, new\nDisks: {7}\S+, LUN 0, I:\\\nCreated:/,
    );
    expect(stderr).toMatch(
      /^iscsidsc: warning: Portal 10\.9\.9\.9:3260 did not work\. ISDSC_CONNECTION_FAILED: [^\n]+\n$/,
    );
    expect(stderr).not.toContain('--keep');
    expect(status).toBe(0);
  });

  it('uses the portals that Windows knows if none is given', async () => {
    using on = machine();
    const { stdout, status } = await on.run(`connect ${SQL}`);
    expect(stdout).toMatch(/^Session ID: {2}\S+, 192\.168\.1\.108:3260, was there$/m);
    expect(status).toBe(0);
  });

  it('prints drive letters, and what is known where there are none', async () => {
    using on = machine();
    expect((await on.run(`connect ${SQL}`)).stdout).toMatch(/^Disks: {7}\\\\\.\\PhysicalDrive1, LUN 0, E:\\$/m);
    const name = '\\\\?\\Volume{b75e2c83-0000-0000-0000-602f00000000}\\';
    const luns = [
      { lun: 0, volumes: [] },
      { lun: 1, volumes: [{ name, paths: [] }] },
    ];
    using other = machine({ network: { targets: [{ targetName: DISK, portalGroups: [['10.0.0.10']], luns }] } });
    const { stdout } = await other.run(`connect 10.0.0.10 ${DISK}`);
    expect(stdout).toMatch(/^Disks: {7}\S+, LUN 0, no volume$/m);
    expect(stdout).toContain(`, LUN 1, ${name}\n`);
  });

  it('stays connected where the volumes are not known', async () => {
    using on = machine();
    const { func, decodeAnsi, encodeAnsi } = on.library;
    const bound = {
      func: func.bind(on.library),
      decodeAnsi: decodeAnsi.bind(on.library),
      encodeAnsi: encodeAnsi.bind(on.library),
    };
    const { stdout, status } = await on.run(`connect 10.0.0.10 ${DISK}`, { library: { name: 'old', ...bound } });
    expect(stdout).toMatch(/^Disks: {7}\\\\\.\\PhysicalDrive\d, LUN 0\n +volumes not known: /m);
    expect(status).toBe(0);
  });

  it('waits for the disk of one LUN with --lun', async () => {
    using on = machine();
    const line = `connect 10.0.0.10 ${CHAP_DISK} --chap-user backup-host`;
    const one = await on.run(`${line} --lun 1`, { environment });
    expect(one.stdout).toMatch(/^Disks: {7}\S+, LUN 1, \w:\\$/m);
    const all = await on.run(line, { environment });
    expect(all.stdout).toMatch(/^Disks: {7}\S+, LUN 0, \w:\\\n +\S+, LUN 1, \w:\\$/m);
  });

  it('waits for disks as long as --wait says, and not with 0', async () => {
    using on = machine();
    on.library.behaviour = { devicesAfterMs: 60_000 };
    const late = await on.run(`connect 10.0.0.10 ${DISK} --wait 0.2`);
    expect(late.stderr).toMatch(/within 200 ms\. Allow more time with --wait, /);
    expect(late).toMatchObject({ stdout: '', status: 3 });
    expect(on.library.sendTargetPortals).toHaveLength(4);
    const { stdout, status } = await on.run(`connect 10.0.0.10 ${DISK} --wait 0`);
    expect(stdout).toContain(
      `Disks:       none yet: 'iscsidsc session wait --target ${DISK} --until devices' waits for them\n`,
    );
    expect(status).toBe(0);
  });

  it('starts the service with --start-service, and says so', async () => {
    using on = machine({ service: { state: 'stopped', startType: 'manual' } });
    expect(await on.run(`connect 10.0.0.10 ${DISK}`)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("'iscsidsc service start'"),
    });
    expect(await on.run(`connect 10.0.0.10 ${DISK} --start-service`)).toMatchObject({
      status: 0,
      stderr: 'iscsidsc: The iSCSI Initiator service was started.\n',
    });
    expect((await on.run(`connect 10.0.0.10 ${DISK} --start-service`)).stderr).toBe('');
  });

  it('passes on the initiator', async () => {
    using on = machine();
    await on.run(`connect 10.0.0.10 ${DISK} --persistent --instance ROOT\\ISCSIPRT\\0000_0 --port-number 2`);
    expect(on.library.persistentLogins.at(-1)).toMatchObject({
      initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0',
      initiatorPortNumber: 2,
    });
  });

  it.each([
    ['', 'IQN is missing.'],
    [' 10.0.0.10', 'IQN must be the name of a target, which begins with iqn, eui or naa. Word 1 after'],
    [` ${DISK} 10.0.0.10`, 'ADDR[:PORT] must be an address such as'],
    [` 10.0.0.10 ${DISK} --wait -1`, "Option '--wait' needs a number of seconds from 0 to 2147483."],
    [` 10.0.0.10 ${DISK} --lun 1.5`, "Option '--lun' needs a whole number from 0 to 16383"],
    [` 10.0.0.10 ${DISK} --port-number 1`, '--port-number needs --instance'],
  ])('with %j is wrong usage', async (words, problem) => {
    using on = machine();
    const { stderr, status } = await on.run(`connect${words}`);
    expect(stderr).toContain(problem);
    expect(status).toBe(2);
  });
});

describe('connect with CHAP', () => {
  it('asks for the secret, and saves it with the login', async () => {
    using on = machine();
    const line = `connect 10.0.0.10 ${CHAP_DISK} --chap-user backup-host --persistent`;
    const { status, stdout } = await on.run(line, { askSecret: async () => SECRET });
    expect(status).toBe(0);
    on.library.restart();
    expect((await on.run(`sessions --target ${CHAP_DISK} --json`)).stdout).toContain(CHAP_DISK);
    expect(stdout).not.toContain(SECRET);
  });

  it('lets the target prove itself with --mutual', async () => {
    using on = machine();
    const line = `connect 10.0.0.10 ${CHAP_DISK} --chap-user backup-host --mutual`;
    expect((await on.run(line, { environment })).status).not.toBe(0);
    await on.run('chap set-secret --yes', { askSecret: async () => 'target-1234567' });
    expect((await on.run(line, { environment })).status).toBe(0);
  });

  it('never prints the secret, wherever it was typed', async () => {
    using on = machine();
    const [word, start] = ['Xy-7654321-abc', `connect 10.0.0.10`];
    const lines = [
      `${start} ${CHAP_DISK} ${word}`,
      `${start} ${CHAP_DISK} --chap-user backup-host ${word}`,
      `${start} --chap-user backup-host ${word} ${CHAP_DISK}`,
      `connect ${word} 10.0.0.10 ${CHAP_DISK} --chap-user backup-host`,
      `${start} ${CHAP_DISK} --chap-secret ${word}`,
      `${start} ${CHAP_DISK} --chap-secret-file /no/such/${word}`,
    ];
    for (const line of lines.flatMap(each => [each, `${each} --json`])) {
      const { stdout, stderr, status } = await on.run(line, { environment: { ISCSIDSC_CHAP_SECRET: word } });
      expect(stdout + stderr, line).not.toContain('7654321');
      expect(status, line).toBe(2);
    }
    for (const json of ['', ' --json']) {
      const wrong = await on.run(`${start} ${CHAP_DISK} --chap-user u --persistent${json}`, {
        environment: { ISCSIDSC_CHAP_SECRET: word },
        errorObeysEscapes: true,
      });
      expect(wrong.stderr).toContain('ISDSC_AUTHENTICATION_FAILURE');
      expect(wrong.stdout + wrong.stderr).not.toContain('7654321');
    }
    expect(on.library.sessions.map(({ targetName }) => targetName)).not.toContain(CHAP_DISK);
  });
});

describe('a connect that fails', () => {
  it('removes what it has made, and says so', async () => {
    using on = machine();
    const { sessions, sendTargetPortals } = on.library;
    const { stdout, stderr, status } = await on.run(`connect 10.0.0.10 ${DISK} --lun 7`);
    expect(stderr).toMatch(
      /^iscsidsc: Removed again: session ffff\S+, portal 10\.0\.0\.10:3260\.\niscsidsc: The target has no LUN 7 for this initiator\. It reports 0\. .*'iscsidsc initiator show' [^\n]+\n$/,
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect([on.library.sessions, on.library.sendTargetPortals]).toEqual([sessions, sendTargetPortals]);
  });

  it('warns of each portal once where none works', async () => {
    using on = machine();
    const { stderr, status } = await on.run(`connect 10.9.9.8 10.9.9.9 ${DISK}`);
    expect(stderr).toMatch(
      /^iscsidsc: warning: Portal 10\.9\.9\.8:3260 did not work\. [^\n]+\niscsidsc: ISDSC_CONNECTION_FAILED: [^\n]+\n$/,
    );
    expect(stderr).not.toContain('--keep');
    expect(status).toBe(1);
    const json = await on.run(`connect 10.9.9.8 10.9.9.9 ${DISK} --json`);
    expect(json.stdout).toBe('');
    expect(JSON.parse(json.stderr)).toMatchObject({
      code: 'ISDSC_CONNECTION_FAILED',
      failed: [{ portal: { address: '10.9.9.8' } }, { portal: { address: '10.9.9.9' } }],
    });
  });

  it('prints what it could not remove, with the command that does', async () => {
    using on = machine();
    const library = disturbed(on.library, (_, name) =>
      name === 'LogoutIScsiTarget' ? { status: 0xefff0001 } : undefined,
    );
    const { stdout, stderr, status } = await on.run(`connect 10.0.0.10 ${DISK} --lun 7`, { library });
    const { sessionId } = on.library.sessions.at(-1) ?? {};
    expect(stdout).toMatch(
      new RegExp(
        `^Left: session ${sessionId}\\. 'iscsidsc session logout ${sessionId}' removes it\\.\nNot undone: ISDSC_NON_SPECIFIC_ERROR: [^\n]+\n$`,
      ),
    );
    expect(stderr).toMatch(/^iscsidsc: Removed again: portal 10\.0\.0\.10:3260\.\niscsidsc: The target has no LUN 7 /);
    expect(status).toBe(1);
    const json = await on.run(`connect 10.0.0.10 ${DISK} --persistent --json`, {
      library: disturbed(on.library, (_, name) =>
        name === 'RemoveIScsiSendTargetPortalW' || name === 'LoginIScsiTargetW' ? { status: 0xefff0001 } : undefined,
      ),
    });
    expect(JSON.parse(json.stdout)).toMatchObject({
      targetName: DISK,
      created: { portals: [{ address: '10.0.0.10' }], sessions: [], persistentLogins: [] },
      undoErrors: [{ code: 'ISDSC_NON_SPECIFIC_ERROR', syscall: 'RemoveIScsiSendTargetPortalW' }],
      failed: [],
    });
    expect(JSON.parse(json.stderr)).toMatchObject({ code: 'ISDSC_NON_SPECIFIC_ERROR', syscall: 'LoginIScsiTargetW' });
  });

  it('names the commands that remove what is left, as they can be typed', async () => {
    using on = machine();
    const library = disturbed(on.library, (_, name) =>
      /^(LogoutIScsiTarget|Remove)/.test(name) ? { status: 0xefff0001 } : undefined,
    );
    const { stdout } = await on.run(`connect 10.0.0.10 ${DISK} --lun 7`, { library });
    const commands = [...stdout.matchAll(/'iscsidsc ([^']+)'/g)].map(([, line = '']) => line);
    expect(commands).toHaveLength(2);
    for (const line of commands) expect(await on.run(line, answering('y'))).toMatchObject({ stderr: '', status: 0 });
    expect(on.library.sendTargetPortals).toHaveLength(4);
  });
});
