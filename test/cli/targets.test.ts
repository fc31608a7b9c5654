import { describe, expect, it } from 'vitest';
import { describeTargets } from '../../src/index.js';
import { answering, machine } from './run.js';

const SQL = 'iqn.1992-08.com.example.san:vol-sql';
const LOST = 'iqn.2004-04.com.example.archive:lun0';
const GONE = 'iqn.2001-05.com.example.retired:old-disk';
const DISK = 'iqn.2003-01.org.example:disk1';

describe('target list', () => {
  it('has a line for each target, with its state and its portals', async () => {
    using on = machine();
    await on.run('portal add 10.0.0.10');
    expect(await on.run('targets')).toEqual({
      status: 0,
      hanging: false,
      stdout: `\
TARGET                                         STATE           PORTALS
iqn.1992-08.com.example.san:vol-sql            connected       192.168.1.108:3260, 192.168.2.108:3260
iqn.2005-10.org.example.nas:backup             connected       [fd00:10:20::5]:3260
iqn.2004-04.com.example.archive:lun0           reconnecting    192.168.1.30:3260
iqn.1991-05.com.microsoft:filer-quorum-target  connected       192.168.1.20:3260
iqn.2003-01.org.example:disk1                  not connected   10.0.0.10:3260, 10.0.1.10:3260
iqn.2003-01.org.example:disk2                  not connected   10.0.0.10:3260, 10.0.1.10:3260
iqn.2001-05.com.example.retired:old-disk       not discovered
`,
      stderr: '',
    });
  });

  it.each([60, 80, 100, 140])('keeps to %i columns, with no name broken', async columns => {
    using on = machine();
    const { stdout } = await on.run('target list', { columns });
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(columns);
    for (const word of [SQL, LOST, GONE, '192.168.2.108:3260', 'not discovered']) expect(stdout).toContain(word);
  });

  it('prints what describeTargets returns with --json', async () => {
    using on = machine();
    const { library } = on;
    expect(JSON.parse((await on.run('targets --json')).stdout)).toEqual(await describeTargets({ library }));
  });

  it('asks the portals with --refresh, and warns of those that do not answer', async () => {
    using on = machine();
    const { targets } = on.library.network;
    on.library.network = { targets: [...targets, { targetName: 'iqn.new', portalGroups: [['192.168.1.20']] }] };
    expect((await on.run('targets')).stdout).not.toContain('iqn.new');
    expect(await on.run('targets --refresh')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/^iqn\.new +not connected/m),
    });
    on.library.network = { targets, portals: [{ address: '192.168.1.20', down: true }] };
    const { stderr, status } = await on.run('targets --refresh');
    expect(stderr).toMatch(/^iscsidsc: warning: ISDSC_OPERATION_NOT_ALL_SUCCESS: /);
    expect(status).toBe(0);
  });

  it('says what to do if there are none', async () => {
    using on = machine({ network: { targets: [] } });
    expect((await on.run('targets')).stdout).toBe("No targets are known. 'iscsidsc portal add ADDR' asks a portal.\n");
  });

  it('says why a part is not known', async () => {
    using on = machine({ behaviour: { missing: ['ReportIScsiTargetPortalsW', 'GetIScsiSessionListW'] } });
    const { stdout, status } = await on.run('targets');
    expect(stdout).toMatch(/^iqn\.1992-08\S+ +not known +not known\n/m);
    expect(stdout).toMatch(/^ {2}Sessions not known: .*GetIScsiSessionListW.*\n {2}Portals not known: .*PortalsW/m);
    expect(status).toBe(0);
  });

  it('has those reasons on lines of the width of the terminal', async () => {
    using on = machine({ behaviour: { missing: ['ReportIScsiTargetPortalsW', 'GetIScsiSessionListW'] } });
    const { stdout } = await on.run('targets', { columns: 60 });
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(60);
  });

  it('does not wait for a call that hangs', async () => {
    using on = machine({ behaviour: { delayMs: 150 } });
    const { stdout, status, hanging } = await on.run('targets --timeout 0.4');
    expect(stdout).toContain('not known');
    expect({ status, hanging }).toEqual({ status: 0, hanging: true });
  });
});

describe('target show', () => {
  it('shows everything about a target', async () => {
    using on = machine();
    await on.run(`target login ${SQL} --multipath --save-only --portal 192.168.2.108 --informational`);
    expect(await on.run(`target show ${SQL.toUpperCase()}`)).toEqual({
      status: 0,
      hanging: false,
      stdout: `\
Target name:   iqn.1992-08.com.example.san:vol-sql
Alias:         SQL Server data
State:         connected
Sessions:      1
Saved logins:  2
Found by:      SendTargets:*192.168.1.108 0003260 ROOT\\ISCSIPRT\\0000_0
Portals:       192.168.1.108:3260
               192.168.2.108:3260

Session ffffe00112345010-4000013700000000
  State:       connected
  Portals:     192.168.1.108:3260
               192.168.2.108:3260

Saved login
  Portal:      192.168.1.108:3260
  Instance:    ROOT\\ISCSIPRT\\0000_0
  CHAP user:   none
  Flags:       none

Saved login
  Portal:      192.168.2.108:3260
  Instance:    ROOT\\ISCSIPRT\\0000_0
  CHAP user:   none
  Flags:       informational, multipathEnabled
`,
      stderr: '',
    });
  });

  it('shows one that only a saved login names', async () => {
    using on = machine();
    const { stdout } = await on.run(`target show ${GONE}`, { columns: 50 });
    expect(stdout).toContain(`Target name:\n  ${GONE}\n`);
    expect(stdout).toMatch(/^State: +not discovered\n/m);
    expect(stdout).toMatch(/^Found by: +none\nPortals: +none\n/m);
  });

  it('prints what describeTarget returns with --json', async () => {
    using on = machine();
    const [first] = await describeTargets({ library: on.library });
    expect(JSON.parse((await on.run(`target show ${SQL} --json`)).stdout)).toEqual(first);
  });

  it('ends with status 4 if nothing names the target', async () => {
    using on = machine();
    expect(await on.run(`target show ${DISK}`)).toMatchObject({
      status: 4,
      stdout: '',
      stderr: `iscsidsc: There is no known target ${DISK}. 'iscsidsc targets' lists the known ones, and 'iscsidsc portal add ADDR' asks a portal for more.\n`,
    });
  });
});

describe('target add and target remove', () => {
  it('add a static target, with which one can log in, and remove it', async () => {
    using on = machine();
    expect(await on.run(`target add ${DISK} --portal 10.0.0.10 --portal 10.0.1.10:3260 --alias Disk`)).toMatchObject({
      status: 0,
      stdout: `Added: static target ${DISK} (10.0.0.10:3260, 10.0.1.10:3260).\n`,
    });
    expect((await on.run(`target show ${DISK}`)).stdout).toMatch(
      /^Alias: +Disk\n(.*\n)*Portals: +10\.0\.0\.10:3260\n +10\.0\.1\.10:3260\n/m,
    );
    expect((await on.run(`target login ${DISK}`)).status).toBe(0);
    expect(await on.run(`target remove ${DISK} --yes`)).toMatchObject({
      status: 0,
      stdout: `Removed: static target ${DISK}.\n`,
    });
    // The session stays.
    expect((await on.run('targets --json')).stdout).toContain(`"targetName": "${DISK}"`);
  });

  it('takes --persist, --hide and --merge', async () => {
    using on = machine();
    const { stdout } = await on.run(`target add ${DISK} --persist --hide --merge --json`);
    expect(JSON.parse(stdout)).toEqual({
      targetName: DISK,
      targetAlias: null,
      targetFlags: ['hideStaticTarget', 'mergeTargetInformation'],
      persist: true,
      portalGroup: [],
    });
    expect((await on.run('targets --json')).stdout).not.toContain(DISK);
    on.library.restart();
    expect((await on.run(`target remove ${DISK} --yes --json`)).stdout).toContain(DISK);
  });

  it('is forgotten at a restart without --persist', async () => {
    using on = machine();
    await on.run(`target add ${DISK}`);
    on.library.restart();
    const { stderr, status } = await on.run(`target remove ${DISK} --yes`);
    expect(stderr).toMatch(
      /ISDSC_TARGET_NOT_FOUND.* There is no static target of that name\. 'iscsidsc target show IQN' /,
    );
    expect(status).toBe(4);
  });

  it('asks before it removes', async () => {
    using on = machine();
    await on.run(`target add ${DISK}`);
    const no = answering('n');
    expect((await on.run(`target remove ${DISK}`, no)).status).toBe(1);
    expect(no.questions).toEqual([`Remove the static target ${DISK}? What is stored for it is lost. [y/N] `]);
    expect((await on.run(`target remove ${DISK}`, answering('yes'))).status).toBe(0);
  });

  it.each([
    ['target add', 'IQN is missing.'],
    [`target add ${DISK} --portal`, "Option '--portal' needs an address"],
    [`target add ${DISK} --alias=`, "Option '--alias' needs some text"],
    [`target remove ${DISK}`, 'Give --yes to remove the target without a question.'],
    [`target add ${'x'.repeat(224)}`, 'targetName must have at most 223 characters'],
  ])('%s is wrong usage', async (line, problem) => {
    using on = machine();
    const { stderr, status } = await on.run(line);
    expect(stderr).toContain(problem);
    expect(status).toBe(2);
  });
});

describe('target forget', () => {
  it('removes the saved logins of a target that is gone', async () => {
    using on = machine();
    expect(await on.run(`target forget ${GONE} --yes`)).toMatchObject({
      status: 0,
      stdout: `Removed: saved login to ${GONE} (portal 192.168.1.99:3260, instance ROOT\\ISCSIPRT\\0000_0).\n`,
    });
    expect(on.library.persistentLogins).toHaveLength(2);
    expect((await on.run('favorites')).stdout).not.toContain(GONE);
    expect((await on.run('targets')).stdout).not.toContain(GONE);
  });

  it('logs out, and says all that it did', async () => {
    using on = machine();
    await on.run(`target add ${SQL}`);
    expect((await on.run(`target forget ${SQL} --yes`)).stdout).toBe(`\
Removed: saved login to ${SQL} (portal 192.168.1.108:3260, instance ROOT\\ISCSIPRT\\0000_0).
Logged out: session ffffe00112345010-4000013700000000 with ${SQL} (192.168.1.108:3260, 192.168.2.108:3260).
Removed: static target ${SQL}.
`);
    expect((await on.run(`target forget ${SQL} --yes`)).stdout).toBe(
      `Nothing to forget: ${SQL} has no saved login and no session, and is not a static target.\n`,
    );
  });

  it('prints it with --json', async () => {
    using on = machine();
    const [login] = on.library.persistentLogins;
    const [session] = on.library.sessions;
    expect(JSON.parse((await on.run(`target forget ${SQL} --yes --json`)).stdout)).toEqual({
      targetName: SQL,
      removedLogins: [login],
      loggedOut: [session],
      removedStaticTarget: false,
    });
  });

  it('asks before, and says what would be lost', async () => {
    using on = machine();
    const no = answering('n');
    await on.run(`target forget ${SQL}`, no);
    await on.run(`target forget ${GONE}`, no);
    expect(no.questions).toEqual([
      `Forget ${SQL}, with 1 saved login and 1 session? Its disks go away. [y/N] `,
      `Forget ${GONE}, with 1 saved login and no sessions? [y/N] `,
    ]);
    expect(on.library.persistentLogins).toHaveLength(3);
    expect(on.library.sessions).toHaveLength(4);
  });

  it('prints what it did before it failed', async () => {
    using on = machine({ behaviour: { veto: 100 } });
    const { stdout, stderr, status } = await on.run(`target forget ${SQL} --yes --retries 1`);
    expect(stdout).toMatch(/^Removed: saved login to \S+ \([^\n]+\)\.\n$/);
    expect(stderr).toMatch(/^iscsidsc: ISDSC_DEVICE_BUSY_ON_SESSION: /);
    expect(status).toBe(1);
    expect(on.library.persistentLogins).toHaveLength(2);
    const again = await on.run(`target forget ${SQL} --yes --retries 0 --json`);
    expect(again).toMatchObject({ stdout: '', status: 1 });
  });

  it('ends with status 4 if nothing names the target', async () => {
    using on = machine();
    expect(await on.run('target forget iqn.none --yes')).toMatchObject({
      status: 4,
      stdout: '',
      stderr: expect.stringContaining('There is no known target iqn.none.'),
    });
  });

  it('finds a static target that is hidden', async () => {
    using on = machine();
    await on.run(`target add ${DISK} --hide`);
    expect((await on.run(`target forget ${DISK} --yes`)).stdout).toBe(`Removed: static target ${DISK}.\n`);
  });
});
