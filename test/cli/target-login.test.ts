import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { Interruption } from '../../src/cli/terminal/interruption.js';
import type { Simulator } from '../../src/simulator.js';
import { machine } from './run.js';

const SQL = 'iqn.1992-08.com.example.san:vol-sql';
const DISK = 'iqn.2003-01.org.example:disk1';
const CHAP_DISK = 'iqn.2003-01.org.example:disk2';
const SECRET = 'initiator-12345';
const environment = { ISCSIDSC_CHAP_SECRET: SECRET };
const CHAP = '--chap-user backup-host';

async function discovered() {
  const on = machine();
  await on.run('portal add 10.0.0.10');
  return on;
}

/** The options of the last login. */
function saved({ persistentLogins }: Simulator) {
  return persistentLogins.at(-1);
}

/** Lets the second login fail, or do what is given. */
function secondLogin(library: Simulator, act: () => void) {
  const func = library.func.bind(library);
  let logins = 0;
  vi.spyOn(library, 'func').mockImplementation(name => {
    if (name === 'LoginIScsiTargetW' && ++logins === 2) act();
    return func(name) as never;
  });
}

describe('target login', () => {
  it('prints the session and its disks', async () => {
    using on = await discovered();
    const { stdout, stderr, status } = await on.run(`target login ${DISK}`);
    const { sessionId, connections } = on.library.sessions.at(-1) ?? { connections: [] };
    expect(stdout).toBe(`\
Target:         ${DISK}
Session ID:     ${sessionId}
Connection ID:  ${connections[0]?.connectionId}
Devices:        \\\\.\\PhysicalDrive5, SCSI 3:0:4:0, disk
`);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('prints them with --json', async () => {
    using on = await discovered();
    const result = JSON.parse((await on.run(`target login ${DISK} --json`)).stdout);
    const { sessionId, connections } = on.library.sessions.at(-1) ?? { connections: [] };
    expect(result).toEqual({
      targetName: DISK,
      sessionId,
      connectionId: connections[0]?.connectionId,
      isInformationalSession: false,
      isSaved: false,
      saveError: null,
      devices: on.library.devices[String(sessionId)],
      devicesError: null,
    });
    expect(result.devices).toHaveLength(1);
  });

  it('goes through the portal that is named', async () => {
    using on = await discovered();
    await on.run(`target login ${DISK} --portal 10.0.1.10:3260`);
    expect(on.library.sessions.at(-1)?.connections[0]).toMatchObject({
      targetAddress: '10.0.1.10',
      targetSocket: 3260,
    });
  });

  it('waits some time for the disks', async () => {
    using on = await discovered();
    on.library.behaviour = { devicesAfterMs: 600 };
    expect((await on.run(`target login ${DISK}`)).stdout).toContain('PhysicalDrive');
  });

  it('says how to wait longer', async () => {
    using on = await discovered();
    on.library.behaviour = { devicesAfterMs: 60_000 };
    const { stdout, status } = await on.run(`target login ${DISK} --timeout 0.5`);
    expect(stdout).toMatch(
      new RegExp(`^Devices: +none yet: 'iscsidsc session wait --target ${DISK} --until devices' waits for them$`, 'm'),
    );
    expect(status).toBe(0);
  });

  it('prints the session if the wait is interrupted, with status 130', async () => {
    using on = await discovered();
    on.library.behaviour = { devicesAfterMs: 60_000 };
    const source = new EventEmitter();
    setTimeout(() => source.emit('SIGINT'), 300);
    const { stdout, stderr, status } = await on.run(`target login ${DISK}`, { interruption: new Interruption(source) });
    expect(stdout).toContain(`Session ID:     ${on.library.sessions.at(-1)?.sessionId}\n`);
    expect({ stderr, status }).toEqual({ stderr: 'iscsidsc: Interrupted.\n', status: 130 });
  });

  it('--informational has no disks', async () => {
    using on = await discovered();
    const { stdout } = await on.run(`target login ${DISK} --informational`);
    expect(stdout).toMatch(/^Devices: +none, as the session is informational$/m);
  });

  it('has a second session with --multipath alone', async () => {
    using on = machine();
    const { stderr, status } = await on.run(`target login ${SQL}`);
    expect(stderr).toMatch(
      /ISDSC_TARGET_ALREADY_LOGGED_IN: .* Add --multipath for a second path, but only where MPIO /,
    );
    expect(status).toBe(1);
    const second = await on.run(`target login ${SQL} --multipath`);
    expect(second).toMatchObject({ status: 0, stdout: expect.stringContaining('PhysicalDrive1,') });
  });

  it('says how to discover a target that is not known, with status 4', async () => {
    using on = machine();
    const { stderr, status } = await on.run(`target login ${DISK}`);
    expect(stderr).toMatch(/ISDSC_TARGET_NOT_FOUND: .* 'iscsidsc portal add ADDR' .* 'iscsidsc targets --refresh' /);
    expect(status).toBe(4);
  });

  it('says that a login that was not waited for may still take effect', async () => {
    using on = await discovered();
    on.library.behaviour = { delayMs: 5000 };
    const { stderr, status, hanging } = await on.run(`target login ${DISK} --timeout 0.3`);
    expect(stderr).toContain('The call cannot be cancelled and may still take effect.');
    expect({ status, hanging }).toEqual({ status: 3, hanging: true });
  });

  it('passes on everything else', async () => {
    using on = await discovered();
    const line = `target login ${DISK} --save-only --portal 10.0.0.10 --multipath --informational --header-digest crc32c`;
    await on.run(`${line} --data-digest none --instance ROOT\\ISCSIPRT\\0000_0 --port-number 2`);
    expect(saved(on.library)).toEqual({
      targetName: DISK,
      isInformationalSession: true,
      initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0',
      initiatorPortNumber: 2,
      targetPortal: { symbolicName: '', address: '10.0.0.10', socket: 3260 },
      securityFlags: [],
      mappings: null,
      loginOptions: { loginFlags: ['multipathEnabled'], headerDigest: 'crc32c', dataDigest: 'none' },
    });
  });

  it.each([
    ['target login', 'IQN is missing.'],
    [`target login ${DISK} --persistent --save-only`, 'Give --persistent or --save-only, not both.'],
    [`target login ${DISK} --header-digest md5`, "needs none or crc32c, not 'md5'"],
    [`target login ${DISK} --portal fd00::zz`, "Option '--portal' needs an address"],
    [`target login ${DISK} --chap-secret x`, "Unknown option '--chap-secret'. Did you mean '--chap-secret-file'?"],
  ])('%s is wrong usage', async (line, problem) => {
    using on = await discovered();
    const { stderr, status } = await on.run(line);
    expect(stderr).toContain(problem);
    expect(status).toBe(2);
  });
});

describe('a login that is saved', () => {
  it('is made now and at the next start with --persistent', async () => {
    using on = await discovered();
    const { stdout, status } = await on.run(`target login ${DISK} --persistent`);
    expect(stdout).toMatch(/^Session ID: +ffff\S+\n/m);
    expect(stdout).toMatch(/^Saved: +yes, Windows logs in again when it starts$/m);
    expect(status).toBe(0);
    on.library.restart();
    expect((await on.run(`sessions --target ${DISK} --json`)).stdout).toContain(DISK);
  });

  it('is only saved with --save-only', async () => {
    using on = await discovered();
    const sessions = on.library.sessions.length;
    expect((await on.run(`target login ${DISK} --save-only`)).stdout).toBe(`\
Target:      ${DISK}
Session ID:  none: the login was only saved
Saved:       yes, Windows logs in again when it starts
`);
    expect(on.library.sessions).toHaveLength(sessions);
    expect(saved(on.library)?.targetName).toBe(DISK);
    const { stdout } = await on.run(`target login ${DISK} --save-only --json`);
    expect(JSON.parse(stdout)).toMatchObject({ sessionId: null, connectionId: null, isSaved: true, devices: null });
  });

  it('keeps its session, and says so, if it cannot be saved', async () => {
    using on = await discovered();
    const { library } = on;
    secondLogin(library, () => {
      library.behaviour = { status: 'ISDSC_COULD_NOT_SAVE_PERSISTENT_LOGIN_DATA' };
    });
    const { stdout, stderr, status } = await on.run(`target login ${DISK} --persistent`);
    expect(stdout).toContain(`Session ID:     ${library.sessions.at(-1)?.sessionId}\n`);
    expect(stdout).toMatch(/^Saved: +no$/m);
    expect(stderr).toMatch(
      /^iscsidsc: ISDSC_COULD_NOT_SAVE_PERSISTENT_LOGIN_DATA: .* Try again with --save-only, [^\n]+\n$/,
    );
    expect(status).toBe(1);
    expect(library.persistentLogins).toHaveLength(3);
  });

  it('has that in its JSON, too', async () => {
    using on = await discovered();
    const { library } = on;
    secondLogin(library, () => {
      library.behaviour = { status: 'ISDSC_COULD_NOT_SAVE_PERSISTENT_LOGIN_DATA' };
    });
    const { stdout, stderr } = await on.run(`target login ${DISK} --persistent --json`);
    expect(JSON.parse(stdout)).toMatchObject({
      sessionId: library.sessions.at(-1)?.sessionId,
      isSaved: false,
      saveError: { code: 'ISDSC_COULD_NOT_SAVE_PERSISTENT_LOGIN_DATA', syscall: 'LoginIScsiTargetW' },
    });
    expect(JSON.parse(stderr).code).toBe('ISDSC_COULD_NOT_SAVE_PERSISTENT_LOGIN_DATA');
  });

  it('says that it may still be saved after a timeout', async () => {
    using on = await discovered();
    const { library } = on;
    secondLogin(library, () => {
      library.behaviour = { delayMs: 5000 };
    });
    const { stdout, stderr, status, hanging } = await on.run(`target login ${DISK} --persistent --timeout 0.3`);
    expect(stdout).toMatch(/^Saved: +no$/m);
    expect(stderr).toContain('The call cannot be cancelled and may still take effect.');
    expect({ status, hanging }).toEqual({ status: 3, hanging: true });
  });
});

describe('a login with CHAP', () => {
  it('has the secret of the variable', async () => {
    using on = await discovered();
    expect((await on.run(`target login ${CHAP_DISK} ${CHAP}`, { environment })).status).toBe(0);
  });

  it('fails with another secret, and says which secret is whose', async () => {
    using on = await discovered();
    const wrong = { environment: { ISCSIDSC_CHAP_SECRET: 'another-12345' } };
    const { stderr, status } = await on.run(`target login ${CHAP_DISK} ${CHAP}`, wrong);
    expect(stderr).toMatch(
      /ISDSC_AUTHENTICATION_FAILURE: .*--chap-user and its secret .*--mutual, .*'iscsidsc chap set-secret'/,
    );
    expect(stderr).not.toContain('another-12345');
    expect(status).toBe(1);
  });

  it('does not use the variable unless CHAP is asked for', async () => {
    using on = await discovered();
    expect((await on.run(`target login ${CHAP_DISK}`, { environment })).stderr).toContain(
      'ISDSC_AUTHENTICATION_FAILURE',
    );
    await on.run(`target login ${DISK} --save-only`, { environment });
    expect(saved(on.library)?.loginOptions).toEqual({ loginFlags: [] });
  });

  it.each([
    [CHAP, { authType: 'chap', username: 'backup-host' }],
    ['--mutual', { authType: 'mutualChap' }],
    [`${CHAP} --mutual`, { authType: 'mutualChap', username: 'backup-host' }],
  ])('%s is %j', async (options, loginOptions) => {
    using on = await discovered();
    expect((await on.run(`target login ${CHAP_DISK} --save-only ${options}`, { environment })).status).toBe(0);
    expect(saved(on.library)?.loginOptions).toEqual({ loginFlags: [], ...loginOptions });
  });

  it('saves the secret, too', async () => {
    using on = await discovered();
    await on.run(`target login ${CHAP_DISK} ${CHAP} --persistent`, { environment });
    on.library.restart();
    expect((await on.run(`sessions --target ${CHAP_DISK} --json`)).stdout).toContain(CHAP_DISK);
  });
});
