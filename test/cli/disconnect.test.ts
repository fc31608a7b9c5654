import { connectTarget } from 'iscsidsc';
import { createSimulator, type SimulatedVolume } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { disturbed } from '../tasks/disturbed-library.js';
import { answering, run, type Terminal } from './run.js';

const DISK = 'iqn.2003-01.org.example:disk1';
const VOLUME = '\\\\?\\Volume{b75e2c83-0000-0000-0000-602f00000000}\\';
const VOLUMES: SimulatedVolume[] = [{ name: VOLUME, paths: ['E:\\', 'C:\\mnt\\data\\'] }];

/** A machine with two sessions to a target of one disk, and saved logins. */
async function connected(volumes: SimulatedVolume[] = VOLUMES) {
  const library = createSimulator({
    network: {
      targets: [{ targetName: DISK, portalGroups: [['10.0.0.10', '10.0.1.10']], luns: [{ lun: 0, volumes }] }],
    },
  });
  const portals = ['10.0.0.10', '10.0.1.10'];
  const target = { targetName: DISK, portals, multipath: true, persistent: true };
  const { devices } = await connectTarget(target, { library });
  const [disk] = devices.map(({ storageDeviceNumber }) => storageDeviceNumber.deviceNumber);
  const disconnect = (words: readonly string[], terminal: Terminal = {}) =>
    run(['disconnect', ...words], { library, ...terminal });
  return { library, disk: Number(disk), disconnect, [Symbol.dispose]: () => library.dispose() };
}

describe('disconnect', () => {
  it.each([DISK, DISK.toUpperCase(), 'disk number', 'disk name', 'E:', 'e:\\', 'C:\\mnt\\data', VOLUME])(
    'logs out the sessions of %s',
    async given => {
      using on = await connected();
      const which = { 'disk number': `${on.disk}`, 'disk name': `\\\\.\\PhysicalDrive${on.disk}` }[given] ?? given;
      const [first, second] = on.library.sessions;
      const { stdout, stderr, status } = await on.disconnect([which, '--yes']);
      expect(stdout).toBe(
        `Logged out: session ${first?.sessionId} with ${DISK} (10.0.0.10:3260).\n` +
          `Logged out: session ${second?.sessionId} with ${DISK} (10.0.1.10:3260).\n`,
      );
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
      expect(on.library.sessions).toEqual([]);
      expect(on.library.persistentLogins).toHaveLength(2);
    },
  );

  it('logs out one session by its id', async () => {
    using on = await connected();
    const [first, second] = on.library.sessions;
    await on.disconnect([String(first?.sessionId).toUpperCase(), '--yes']);
    expect(on.library.sessions).toEqual([second]);
  });

  it('removes saved logins and portals where that is asked for', async () => {
    using on = await connected();
    const { stdout, status } = await on.disconnect([DISK, '--yes', '--forget', '--remove-portal']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toMatch(`Removed: saved login to ${DISK} (portal 10.0.0.10:3260, instance `);
    expect(lines[2]).toMatch(/^Logged out: session /);
    expect(lines[5]).toBe('Removed: portal 10.0.1.10:3260.');
    expect(status).toBe(0);
    const { persistentLogins, sendTargetPortals } = on.library;
    expect([persistentLogins, sendTargetPortals]).toEqual([[], []]);
  });

  it('prints with --json what disconnectTarget returns', async () => {
    using on = await connected();
    const { sessions } = on.library;
    const { stdout } = await on.disconnect(['E:', '--yes', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      targetNames: [DISK],
      removedLogins: [],
      loggedOut: sessions,
      removedPortals: [],
    });
  });

  it.each([
    ['iqn.none', 'There is no session with the target iqn.none.'],
    ['1-2', 'ISDSC_INVALID_SESSION_ID: '],
    ['99', 'No session has the disk \\\\.\\PhysicalDrive99.'],
    ['Q:', 'There is no volume Q:.'],
  ])('ends with status 4 if there is nothing at %s, asked or not', async (which, problem) => {
    using on = await connected();
    const { stdout, stderr, status } = await on.disconnect([which, '--yes']);
    expect(stderr).toContain(`iscsidsc: ${problem}`);
    expect({ stdout, status }).toEqual({ stdout: '', status: 4 });
    const { ask, questions } = answering('y');
    expect(await on.disconnect([which], { ask })).toMatchObject({ status: 4 });
    expect(questions).toEqual([]);
  });

  it('says the same of a disk that no session has, asked or not', async () => {
    using on = await connected();
    const { ask } = answering('y');
    const { stderr } = await on.disconnect(['99'], { ask });
    expect(stderr).toBe((await on.disconnect(['99', '--yes'])).stderr);
  });

  it.each(['', 'x', 'disk', '-1', '0003', '\\\\.\\PhysicalDrive', 'iqn'])('with %j is wrong usage', async which => {
    using on = await connected();
    const { stderr, status } = await on.disconnect(['--yes', '--', which]);
    if (which === '0003') expect(status).toBe(4);
    else {
      expect(stderr).toContain(
        'IQN, SESSION, DISK or VOLUME must be the name of a target, the id of a session, the number of a disk, or a volume',
      );
      expect(status).toBe(2);
    }
    expect(on.library.sessions).toHaveLength(2);
  });
});

describe('the question of disconnect', () => {
  async function asked(words: (on: Awaited<ReturnType<typeof connected>>) => string[]) {
    using on = await connected();
    const { ask, questions } = answering('n');
    const { stdout, stderr, status } = await on.disconnect(words(on), { ask });
    expect(stderr).toBe('iscsidsc: Nothing was done. The answer was not yes.\n');
    expect({ stdout, status, sessions: on.library.sessions.length }).toEqual({ stdout: '', status: 1, sessions: 2 });
    return questions
      .join()
      .replace(/ffff\S+-\w+/g, 'ID')
      .replaceAll(`PhysicalDrive${on.disk}`, 'PhysicalDriveN');
  }
  const BOTH = `Log out session ID with ${DISK} (10.0.0.10:3260) and session ID with ${DISK} (10.0.1.10:3260)?`;
  const LOSS = '\\\\.\\PhysicalDriveN (E:\\, C:\\mnt\\data\\) goes away.';

  it('names the sessions, and the disks and volumes that go away', async () => {
    for (const which of [DISK, 'E:', VOLUME]) expect(await asked(() => [which])).toBe(`${BOTH} ${LOSS} [y/N] `);
    expect(await asked(({ disk }) => [String(disk)])).toBe(`${BOTH} ${LOSS} [y/N] `);
  });

  it('names what else is removed', async () => {
    expect(await asked(() => [DISK, '--forget', '--remove-portal'])).toBe(
      `${BOTH} ${LOSS} This also removes the saved logins of the target and the portals that lead nowhere else. [y/N] `,
    );
  });

  it('does not say that a disk goes away that has another path', async () => {
    expect(await asked(({ library }) => [String(library.sessions[0]?.sessionId)])).toBe(
      `Log out session ID with ${DISK} (10.0.0.10:3260)? [y/N] `,
    );
  });

  it('is asked, too, where the disks are not known', async () => {
    using on = await connected();
    on.library.behaviour = { missing: ['GetDevicesForIScsiSessionW'] };
    const { ask, questions } = answering('n');
    await on.disconnect([DISK], { ask });
    await on.disconnect([String(on.disk)], { ask });
    expect(questions[0]).toContain('10.0.1.10:3260)? Disks that have no other path go away. [y/N]');
    expect(questions[1]).toBe(`Log out all sessions with the disk \\\\.\\PhysicalDrive${on.disk}? [y/N] `);
  });

  it('is about the saved logins alone where there is no session', async () => {
    using on = await connected();
    await on.disconnect([DISK, '--yes']);
    const { ask, questions } = answering('y');
    const { stdout, status } = await on.disconnect([DISK, '--forget'], { ask });
    expect(questions).toEqual([
      `Remove the saved logins of the target? There is no session with the target ${DISK}. [y/N] `,
    ]);
    expect(stdout).toMatch(/^(Removed: saved login [^\n]+\n){2}$/);
    expect(status).toBe(0);
  });

  it('needs a terminal or --yes', async () => {
    using on = await connected();
    const { stderr, status } = await on.disconnect([DISK]);
    expect(stderr).toContain('There is no terminal to ask on. Give --yes to disconnect without a question.');
    expect(status).toBe(2);
  });
});

describe('a disconnect that fails', () => {
  it('names the volumes that are in use, and does nothing', async () => {
    using on = await connected([{ paths: ['E:\\'] }, { paths: ['F:\\'], inUse: true }]);
    const { stdout, stderr, status } = await on.disconnect([DISK, '--yes', '--forget', '--retries', '0']);
    expect(stderr).toMatch(
      /^iscsidsc: A program has something open on F:\\\. No session was logged out\. .*--retries N/,
    );
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(on.library.persistentLogins).toHaveLength(2);
    const json = await on.disconnect([DISK, '--yes', '--retries', '0', '--json']);
    expect(JSON.parse(json.stderr)).toMatchObject({ code: 'ISDSC_DEVICE_BUSY_ON_SESSION', volumes: ['F:\\'] });
  });

  it('names the volumes of a disk that Windows does not give up', async () => {
    using on = await connected();
    on.library.behaviour = { veto: 1 };
    const { stderr, status } = await on.disconnect([DISK, '--yes', '--retries', '0']);
    expect(stderr).toMatch(
      /^iscsidsc: ISDSC_DEVICE_BUSY_ON_SESSION: .*\. Volumes on its disks: E:\\\. Close the files /,
    );
    expect(status).toBe(1);
  });

  it('prints what was done before', async () => {
    using on = await connected();
    const [first] = on.library.sessions;
    let logouts = 0;
    const library = disturbed(on.library, (_, name) =>
      name === 'LogoutIScsiTarget' && ++logouts === 2 ? { status: 0xefff0001 } : undefined,
    );
    const { stdout, stderr, status } = await on.disconnect([DISK, '--yes'], { library });
    expect(stdout).toBe(`Logged out: session ${first?.sessionId} with ${DISK} (10.0.0.10:3260).\n`);
    expect(stderr).toMatch(/^iscsidsc: ISDSC_NON_SPECIFIC_ERROR: /);
    expect(status).toBe(1);
  });
});
