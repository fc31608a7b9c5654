import { describe, expect, it } from 'vitest';
import { chapUsers } from '../../src/cli/commands/login-text.js';
import type { PersistentLogin } from '../../src/index.js';
import { answering, machine } from './run.js';

const DISK = 'iqn.2003-01.org.example:disk1';
const INSTANCE = 'ROOT\\ISCSIPRT\\0000_0';

function login(address: string, more: Partial<PersistentLogin> = {}): PersistentLogin {
  return {
    targetName: DISK,
    isInformationalSession: false,
    initiatorInstance: INSTANCE,
    initiatorPortNumber: 0xffffffff,
    targetPortal: { symbolicName: '', address, socket: address === '' ? 0 : 3260 },
    securityFlags: [],
    mappings: null,
    loginOptions: { loginFlags: [] },
    ...more,
  };
}

const OTHER = login('10.0.0.99', { targetName: 'iqn.other' });

function saved(...persistentLogins: PersistentLogin[]) {
  return machine({ persistentLogins: [...persistentLogins, OTHER] });
}

/** The portals of the logins that are left. */
function left(on: ReturnType<typeof machine>) {
  return on.library.persistentLogins.map(({ targetPortal }) => targetPortal.address);
}

describe('favorite list', () => {
  it('tells logins without a session from others', async () => {
    using on = machine();
    expect(await on.run('favorites')).toEqual({
      status: 0,
      hanging: false,
      stdout: `\
TARGET                                    STATE          PORTAL                INSTANCE
iqn.1992-08.com.example.san:vol-sql       has a session  192.168.1.108:3260    ROOT\\ISCSIPRT\\0000_0
iqn.2005-10.org.example.nas:backup        has a session  [fd00:10:20::5]:3260  ROOT\\ISCSIPRT\\0000_0
iqn.2001-05.com.example.retired:old-disk  no session     192.168.1.99:3260     ROOT\\ISCSIPRT\\0000_0
`,
      stderr: '',
    });
  });

  const CHAP = { authType: 'chap', username: 'backup-host', loginFlags: ['multipathEnabled'] } as const;

  it.each([60, 80, 100, 140])('has all in %i columns, with no name broken', async columns => {
    using on = saved(
      login('', { isInformationalSession: true, initiatorInstance: '' }),
      login('fd00:1234:5678:9abc:def0:1234:5678:9abc', {
        initiatorPortNumber: 3,
        loginOptions: { ...CHAP, loginFlags: ['multipathEnabled'] },
      }),
    );
    const { stdout } = await on.run('favorite list', { columns });
    expect(Math.max(...stdout.split('\n').map(line => line.length))).toBeLessThanOrEqual(columns);
    for (const word of [DISK, 'any', '[fd00:1234:5678:9abc:def0:1234:5678:9abc]:3260', `${INSTANCE}, port 3`]) {
      expect(stdout).toContain(word);
    }
    for (const word of ['informational', 'multipathEnabled', 'backup-host', 'no session'])
      expect(stdout).toContain(word);
  });

  it('prints them with the ids of the sessions with --json', async () => {
    using on = machine();
    const [sql, backup] = on.library.sessions;
    const ids = [[sql?.sessionId], [backup?.sessionId], []];
    expect(JSON.parse((await on.run('favorites --json')).stdout)).toEqual(
      on.library.persistentLogins.map((each, index) => ({ ...each, sessionIds: ids[index] })),
    );
  });

  it('shows a user name that is not ASCII as bytes', () => {
    expect(chapUsers({ loginFlags: [], username: Uint8Array.of(0xff, 0) })).toEqual(['0xff00']);
  });

  it('says so if there are none', async () => {
    using on = machine({ persistentLogins: [] });
    expect((await on.run('favorites')).stdout).toBe('No logins are saved.\n');
  });
});

describe('favorite remove', () => {
  it('removes the login as it is reported', async () => {
    using on = saved(login('10.0.0.5'));
    expect(await on.run(`favorite remove ${DISK.toUpperCase()} --yes`)).toEqual({
      status: 0,
      hanging: false,
      stdout: `Removed: the saved login to ${DISK} (portal 10.0.0.5:3260, instance ${INSTANCE}).\n`,
      stderr: '',
    });
    expect(left(on)).toEqual(['10.0.0.99']);
  });

  it('removes one of several equal ones, and says how many are left', async () => {
    using on = saved(login('10.0.0.5'), login('10.0.0.5'), login('10.0.0.5'));
    expect((await on.run(`favorite remove ${DISK} --yes`)).stdout).toMatch(/\)\. 2 saved logins to it are left\.\n$/);
    expect((await on.run(`favorite remove ${DISK} --yes`)).stdout).toMatch(/\)\. 1 saved login to it is left\.\n$/);
    expect(left(on)).toEqual(['10.0.0.5', '10.0.0.99']);
  });

  it('removes all of them with --all', async () => {
    using on = saved(login('10.0.0.5'), login('10.0.0.5'), login('10.0.1.5'));
    expect((await on.run(`favorite remove ${DISK} --all --yes`)).stdout).toBe(
      `Removed: 3 saved logins to ${DISK} (portal 10.0.0.5:3260, instance ${INSTANCE}; portal 10.0.1.5:3260, instance ${INSTANCE}).\n`,
    );
    expect(left(on)).toEqual(['10.0.0.99']);
  });

  const DIFFERENT = [login('10.0.0.5'), login('10.0.1.5'), login(''), login('10.0.0.5', { initiatorPortNumber: 2 })];

  it('refuses to choose between different ones, and prints them', async () => {
    using on = saved(...DIFFERENT, login('10.0.1.5'));
    const { stderr, status } = await on.run(`favorite remove ${DISK} --yes`);
    expect(stderr).toBe(`\
iscsidsc: There are 4 different saved logins to ${DISK} that fit. Name one with --portal, --instance or --port-number, or remove all with --all.
  portal 10.0.0.5:3260, instance ${INSTANCE}
  portal 10.0.1.5:3260, instance ${INSTANCE}
  portal any, instance ${INSTANCE}
  portal 10.0.0.5:3260, instance ${INSTANCE}, port 2
`);
    expect(status).toBe(2);
    expect(left(on)).toHaveLength(6);
    const { stderr: json } = await on.run(`favorite remove ${DISK} --yes --json`);
    expect(JSON.parse(json)).toMatchObject({ code: 'ERR_ISCSIDSC_AMBIGUOUS_FAVORITE' });
    expect(JSON.parse(json).candidates[0]).toEqual({
      targetName: DISK,
      initiatorInstance: INSTANCE,
      initiatorPortNumber: 0xffffffff,
      targetPortal: { address: '10.0.0.5', socket: 3260 },
    });
  });

  it.each([
    ['--portal 10.0.1.5', 1],
    ['--portal 10.0.0.5:3260 --port-number 2', 3],
    [`--portal 10.0.0.5 --instance ${INSTANCE} --port-number any`, 0],
  ])('removes the one with %s', async (options, index) => {
    using on = saved(...DIFFERENT);
    expect((await on.run(`favorite remove ${DISK} ${options} --yes`)).status).toBe(0);
    expect(on.library.persistentLogins).toEqual([...DIFFERENT.filter((_, each) => each !== index), OTHER]);
  });

  it('removes the one for any portal', async () => {
    using on = saved(login(''));
    expect(await on.run(`favorite remove ${DISK} --portal 10.0.0.5 --yes`)).toMatchObject({ status: 4 });
    expect((await on.run(`favorite remove ${DISK} --portal any --yes`)).stdout).toContain('(portal any, ');
    expect(left(on)).toEqual(['10.0.0.99']);
  });

  it('says what is gone, whatever was chosen', async () => {
    // For the initiator, no portal stands for any.
    using on = saved(login('10.0.0.5'), login(''));
    const { stdout } = await on.run(`favorite remove ${DISK} --portal any --yes --json`);
    expect(JSON.parse(stdout)).toEqual({ removed: [login('')], left: [login('10.0.0.5')] });
  });

  it('prints what it removed before it failed', async () => {
    using on = saved(login('10.0.0.5'), login('10.0.1.5'));
    const { library } = on;
    const func = library.func.bind(library);
    let removals = 0;
    library.func = name => {
      if (name.startsWith('RemoveIScsiPersistentTarget') && ++removals === 2) library.behaviour = { status: 5 };
      return func(name);
    };
    const { stdout, stderr, status } = await on.run(`favorite remove ${DISK} --all --yes`);
    expect(stdout).toMatch(
      /^Removed: the saved login to \S+ \(portal 10\.0\.0\.5:3260, .*\)\. 1 saved login to it is left\.\n$/,
    );
    expect(stderr).toContain('ERROR_ACCESS_DENIED');
    expect(status).toBe(5);
  });

  it('asks before', async () => {
    using on = saved(login('10.0.0.5'));
    const no = answering('n');
    expect((await on.run(`favorite remove ${DISK}`, no)).status).toBe(1);
    expect(no.questions).toEqual([
      `Remove the saved login to ${DISK} (portal 10.0.0.5:3260, instance ${INSTANCE})? Windows no longer logs in there when it starts. [y/N] `,
    ]);
    expect(left(on)).toHaveLength(2);
  });

  it.each([['iqn.none'], [`${DISK} --portal 10.0.7.7`], ['iqn.none --all']])(
    'ends with status 4 for %s',
    async which => {
      using on = saved(login('10.0.0.5'));
      const { stderr, status } = await on.run(`favorite remove ${which} --yes`);
      expect(stderr).toMatch(
        /^iscsidsc: There is no saved login to \S+ that fits\. 'iscsidsc favorites' lists the saved logins\.\n$/,
      );
      expect(status).toBe(4);
    },
  );

  it('wants --yes where nobody can answer', async () => {
    using on = saved(login('10.0.0.5'));
    const { stderr, status } = await on.run(`favorite remove ${DISK}`);
    expect(stderr).toContain('Give --yes to remove the saved login without a question.');
    expect(status).toBe(2);
  });
});
