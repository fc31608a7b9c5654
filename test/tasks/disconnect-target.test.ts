import { connectTarget, disconnectTarget, type WhichConnection } from 'iscsidsc';
import { createSimulator, type SimulatedVolume } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { answering } from './answering-library.js';
import { disturbed } from './disturbed-library.js';
import { errorOf } from './own-error.js';

const DISK = 'iqn.2003-01.org.example:disk1';
const FAST = { retries: 1, retryDelayMs: 1 };
const NOTHING = { targetNames: [DISK], removedLogins: [], loggedOut: [], removedPortals: [] };

/** A machine that is connected to a target of one disk with these volumes. */
async function connected(volumes: SimulatedVolume[] = [{ paths: ['E:\\', 'C:\\mnt\\data\\'] }]) {
  const portalGroups = [['10.0.0.10', '10.0.1.10']];
  const library = createSimulator({
    network: {
      targets: [
        { targetName: DISK, portalGroups, luns: [{ lun: 0, volumes }] },
        { targetName: 'iqn.2003-01.org.example:other', portalGroups: [['10.0.1.10']] },
      ],
    },
  });
  const portals = ['10.0.0.10', '10.0.1.10'];
  const connection = await connectTarget({ targetName: DISK, portals, multipath: true, persistent: true }, { library });
  return { library, connection };
}

describe('disconnectTarget', () => {
  it.each(['E:', 'e:\\', 'E:/', 'C:\\mnt\\data', 'c:\\MNT\\data\\'])(
    'finds the sessions of a volume: %s',
    async volume => {
      const { library } = await connected();
      using _ = library;
      const sessions = [...library.sessions];
      const { loggedOut, targetNames } = await disconnectTarget({ volume }, { library });
      expect([loggedOut, targetNames, library.sessions]).toEqual([sessions, [DISK], []]);
    },
  );

  it('finds the sessions of a volume by its name', async () => {
    const name = '\\\\?\\Volume{b75e2c83-0000-0000-0000-602f00000000}\\';
    const { library } = await connected([{ name, paths: [] }]);
    using _ = library;
    await disconnectTarget({ volume: name.toUpperCase() }, { library });
    expect(library.sessions).toEqual([]);
  });

  it('says which volumes are in use, and does nothing', async () => {
    const { library } = await connected([
      { paths: ['E:\\'] },
      { paths: ['F:\\'], inUse: true },
      { paths: [], inUse: true },
    ]);
    using _ = library;
    const [sessions, logins] = [[...library.sessions], [...library.persistentLogins]];
    const error = await errorOf(disconnectTarget({ targetName: DISK }, { library, forget: true, ...FAST }));
    expect(error).toMatchObject({ code: 'ISDSC_DEVICE_BUSY_ON_SESSION', done: NOTHING });
    expect(error.volumes).toEqual(['F:\\', expect.stringMatching(/^\\\\\?\\Volume\{/)]);
    expect(error.message).toContain('F:\\');
    expect(JSON.parse(JSON.stringify(error)).volumes).toEqual(error.volumes);
    expect([library.sessions, library.persistentLogins]).toEqual([sessions, logins]);
  });

  it('ends one path of a disk that is in use, because the disk stays', async () => {
    const { library } = await connected([{ inUse: true }]);
    using _ = library;
    const [first, second] = library.sessions;
    await disconnectTarget({ sessionId: String(first?.sessionId) }, { library, ...FAST });
    const error = await errorOf(disconnectTarget({ sessionId: String(second?.sessionId) }, { library, ...FAST }));
    expect(error.code).toBe('ISDSC_DEVICE_BUSY_ON_SESSION');
    expect(library.sessions).toEqual([second]);
  });

  it('tries again while Windows refuses, and names the volumes when it goes on refusing', async () => {
    const { library } = await connected();
    using _ = library;
    library.behaviour = { veto: 4 };
    const error = await errorOf(disconnectTarget({ targetName: DISK }, { library, ...FAST }));
    expect(error).toMatchObject({ name: 'StatusError', syscall: 'LogoutIScsiTarget', volumes: ['E:\\'] });
    await disconnectTarget({ targetName: DISK }, { library, retries: 2, retryDelayMs: 1 });
    expect(library.sessions).toEqual([]);
  });

  it('relies on Windows where the volumes cannot be found out', async () => {
    const { library } = await connected([{ inUse: true }]);
    using _ = library;
    const { windowsFunc: _none, ...others } = answering(library, {});
    const error = await errorOf(disconnectTarget({ targetName: DISK }, { library: others, ...FAST }));
    expect(error).toMatchObject({ name: 'StatusError', code: 'ISDSC_DEVICE_BUSY_ON_SESSION' });
    expect(error.done?.loggedOut).toHaveLength(1);
    const noVolume = await errorOf(disconnectTarget({ volume: 'E:' }, { library: others }));
    expect(noVolume.code).toBe('ERR_ISCSIDSC_MISSING_EXPORT');
  });

  it('removes the saved logins first, and the portals that lead nowhere else last', async () => {
    const { library, connection } = await connected();
    using _ = library;
    const names: string[] = [];
    const told = disturbed(library, (__, name) => {
      if (/^(Remove|Logout)/.test(name)) names.push(name);
      return undefined;
    });
    const result = await disconnectTarget({ targetName: DISK }, { library: told, forget: true, removePortal: true });
    const { portals, persistentLogins } = connection.created;
    // Another target is behind the second one.
    expect(result.removedPortals).toEqual(portals.slice(0, 1));
    expect(result.removedLogins).toEqual(persistentLogins);
    expect(result.loggedOut).toHaveLength(2);
    expect(names).toEqual([
      'RemoveIScsiPersistentTargetW',
      'RemoveIScsiPersistentTargetW',
      'LogoutIScsiTarget',
      'LogoutIScsiTarget',
      'RemoveIScsiSendTargetPortalW',
    ]);
  });

  it('says what was done before a step failed', async () => {
    const { library } = await connected();
    using _ = library;
    const [first] = library.sessions;
    let logouts = 0;
    const broken = disturbed(library, (__, name) =>
      name === 'LogoutIScsiTarget' && ++logouts === 2 ? { status: 0xefff0001 } : undefined,
    );
    const error = await errorOf(disconnectTarget({ targetName: DISK }, { library: broken, forget: true }));
    expect(error.code).toBe('ISDSC_NON_SPECIFIC_ERROR');
    expect(error.done).toMatchObject({ removedLogins: [{}, {}], loggedOut: [first], removedPortals: [] });
  });

  it('refuses what names nothing, more than one thing, or nothing that there is', async () => {
    const { library } = await connected();
    using _ = library;
    const wrong: unknown[] = [
      {},
      undefined,
      DISK,
      { targetName: '' },
      { targetName: undefined },
      { targetName: DISK, deviceNumber: 1 },
      { deviceNumber: -1 },
      { sessionId: 'x' },
      { volume: 'data' },
      { volume: '' },
    ];
    for (const which of wrong) {
      const error = await errorOf(disconnectTarget(which as WhichConnection, { library }));
      expect(error.code).toBe('ERR_ISCSIDSC_INVALID_ARGUMENT');
    }
    for (const which of [{ volume: 'Q:' }, { volume: 'C:' }, { volume: 'D:' }, { deviceNumber: 0 }]) {
      expect((await errorOf(disconnectTarget(which, { library }))).code).toBe('ERR_ISCSIDSC_NOT_LISTED');
    }
    expect(library.sessions).toHaveLength(2);
  });
});
