import {
  addIScsiSendTargetPortal,
  getIScsiSessionList,
  loginIScsiTarget,
  reportIScsiSendTargetPortals,
  reportIScsiTargets,
} from 'iscsidsc';
import { afterEach, describe, expect, it } from 'vitest';
import { forBothForms, type Need } from '../../contract/initiator/site.js';
import { simulatedServer } from './simulated-server.js';
import { sitesOf } from './windows-site.js';

const OTHER = 'iqn.2003-01.org.example:of-somebody';
let server = simulatedServer();
afterEach(() => {
  server.library.dispose();
  server = simulatedServer();
});

/** Declares a rule, and makes it in one of both forms. */
async function make(check: () => Promise<void>, needs: readonly Need[] = []): Promise<string[]> {
  const checks: (() => unknown)[] = [];
  const skipped: string[] = [];
  const sites = sitesOf({ ...server, skip: (_, reason) => skipped.push(reason) });
  forBothForms(
    sites,
    (_, declared) => checks.push(declared),
    ({ rule }) => rule('rule', check, needs),
  );
  await checks[0]?.();
  return skipped;
}

describe('a rule on a Windows Server', () => {
  const { portals, targets } = server.file;
  const loginWith = async (isPersistent: boolean) => {
    const { library } = server;
    await addIScsiSendTargetPortal(portals.first, { library });
    await loginIScsiTarget(targets.open, { library, isPersistent });
  };
  const left = () => {
    const { sessions, persistentLogins, sendTargetPortals } = server.library;
    return [...sessions, ...persistentLogins, ...sendTargetPortals];
  };

  it('finds nothing of what was there before, and leaves nothing', async () => {
    await loginWith(false);
    await make(async () => {
      expect(left()).toEqual([]);
      await loginWith(true);
      await loginWith(false);
    });
    expect(left()).toEqual([]);
  });

  it('leaves nothing if it fails, and fails with its own error', async () => {
    const wrong = new Error('something is wrong');
    const made = make(async () => {
      await loginWith(true);
      throw wrong;
    });
    await expect(made).rejects.toBe(wrong);
    expect(left()).toEqual([]);
  });

  it('fails if something cannot be removed, and the rest is removed', async () => {
    const { library } = server;
    const missing = { missing: ['RemoveIScsiPersistentTargetW'] } as const;
    const made = make(async () => {
      await loginWith(true);
      await loginWith(false);
      library.behaviour = missing;
      throw new Error('something is wrong');
    });
    await expect(made).rejects.toThrow(/something is wrong\n.*Cleaning up has failed: .*RemoveIScsiPersistentTargetW/);
    expect(left()).toEqual(library.persistentLogins);
    expect(library.persistentLogins).toHaveLength(1);
  });

  it('takes nothing away that is not of setup-target.ps1', async () => {
    const { library } = server;
    const { targets: all } = library.network;
    library.network = { targets: [...all, { targetName: OTHER, portalGroups: [['10.7.7.7']] }] };
    await addIScsiSendTargetPortal('10.7.7.7', { library });
    await loginIScsiTarget(OTHER, { library });
    await loginIScsiTarget(OTHER, { library, isPersistent: true });
    const before = left();
    await make(() => loginWith(true));
    expect(left()).toEqual(before);
    expect((await getIScsiSessionList({ library })).map(({ targetName }) => targetName)).toEqual([OTHER]);
    expect((await reportIScsiSendTargetPortals({ library })).map(({ address }) => address)).toEqual(['10.7.7.7']);
    expect(await reportIScsiTargets({ library })).toEqual([OTHER]);
  });

  it('is skipped for what setup-target.ps1 could not make, with its reason', async () => {
    const lacks = { ...server.file.lacks, anotherPortal: 'there is one address' };
    server = { ...server, file: { ...server.file, lacks } };
    const unreachable = async () => expect.unreachable();
    expect(await make(unreachable, ['anotherPortal'])).toEqual(['there is one address', 'there is one address']);
    expect(await make(unreachable, ['restart'])).toHaveLength(2);
    expect(await make(async () => {}, ['mpio', 'volumes'])).toEqual([]);
  });
});
