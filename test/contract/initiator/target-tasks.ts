import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  addIScsiSendTargetPortal,
  addIScsiStaticTarget,
  describeTarget,
  describeTargets,
  forgetTarget,
  getIScsiSessionList,
  loginIScsiTarget,
  removeIScsiSendTargetPortal,
  reportIScsiPersistentLogins,
  reportIScsiSendTargetPortals,
  reportIScsiTargets,
  waitForSession,
} from 'iscsidsc';
import type { Declare } from '../subject.js';
import { forBothForms, type Sites } from './site.js';

const NOWHERE = 'iqn.2003-01.org.example:nowhere';

/** The functions with English names for targets. */
export function targetTasksContract(sites: Sites, declare: Declare): void {
  const { targets, portals: at } = sites;
  forBothForms(sites, declare, ({ rule }) => {
    rule('the way from nothing to a disk and back leaves nothing behind', async options => {
      const before = await machineOf(options);
      await addIScsiSendTargetPortal(at.first, options);
      const { sessionId } = await loginIScsiTarget(targets.open, { ...options, targetPortal: at.first });
      const { devices } = await waitForSession(
        { sessionId },
        { ...options, until: 'devices', intervalMs: 5, timeoutMs: 20_000 },
      );
      assert.equal(devices.length, 2);
      await loginIScsiTarget(targets.open, { ...options, isPersistent: true });
      assert.notDeepEqual(await machineOf(options), before);
      await forgetTarget(targets.open, options);
      await removeIScsiSendTargetPortal(at.first, options);
      await reportIScsiTargets({ ...options, forceUpdate: true });
      assert.deepEqual(await machineOf(options), before);
    });

    rule('a target is described with what it has at each moment', async options => {
      assert.equal(await describeTarget(targets.open, options), null);
      await addIScsiSendTargetPortal(at.first, options);
      const found = await describeTarget(targets.open.toUpperCase(), options);
      assert.ok(found);
      const { portals, discoveryMechanisms, ...rest } = found;
      assert.deepEqual(rest, {
        targetName: targets.open,
        isDiscovered: true,
        isConnected: false,
        targetAlias: 'Open to all',
        targetAliasError: null,
        discoveryMechanismsError: null,
        portalsError: null,
        sessions: [],
        sessionsError: null,
        persistentLogins: [],
        persistentLoginsError: null,
      });
      assert.ok(portals?.some(({ address, socket }) => address === at.first && socket === 3260));
      assert.equal(discoveryMechanisms?.length, 1);

      await loginIScsiTarget(targets.open, options);
      await loginIScsiTarget(targets.open, { ...options, isPersistent: true });
      const connected = await describeTarget(targets.open, options);
      assert.deepEqual(connected, {
        ...found,
        isConnected: true,
        sessions: await getIScsiSessionList(options),
        persistentLogins: await reportIScsiPersistentLogins(options),
      });
      const all = await describeTargets(options);
      assert.deepEqual(all.map(({ targetName }) => targetName).sort(), (await reportIScsiTargets(options)).sort());
      assert.deepEqual(
        all.find(({ targetName }) => targetName === targets.open),
        connected,
      );
      assert.deepEqual(structuredClone(all), JSON.parse(JSON.stringify(all)));
    });

    rule('a saved login to a target that is gone can be seen, and forgotten', async (options, site) => {
      await addIScsiSendTargetPortal(at.first, options);
      await loginIScsiTarget(targets.open, { ...options, isPersistent: true });
      site.change(network => ({
        ...network,
        targets: network.targets.filter(({ targetName }) => targetName !== targets.open),
      }));
      site.restart();
      const dead = await describeTarget(targets.open, { ...options, forceUpdate: true });
      assert.deepEqual([dead?.isDiscovered, dead?.isConnected, dead?.portals, dead?.sessions], [false, false, [], []]);
      assert.deepEqual(dead?.persistentLogins, await reportIScsiPersistentLogins(options));
      const { removedLogins, loggedOut, removedStaticTarget } = await forgetTarget(targets.open, options);
      assert.deepEqual([removedLogins, loggedOut, removedStaticTarget], [dead?.persistentLogins, [], false]);
      assert.equal(removedLogins.length, 1);
      assert.equal(await describeTarget(targets.open, options), null);
    });

    rule('a target is forgotten with equal saved logins, several sessions, and its static entry', async options => {
      await addIScsiStaticTarget(targets.open, { ...options, portalGroup: [at.first] });
      const login = { ...options, loginOptions: { loginFlags: ['multipathEnabled'] } } as const;
      const sessions = [await loginIScsiTarget(targets.open, login), await loginIScsiTarget(targets.open, login)];
      for (let saved = 0; saved < 3; saved++) await loginIScsiTarget(targets.open, { ...login, isPersistent: true });
      const logins = await reportIScsiPersistentLogins(options);
      const { loggedOut, ...forgotten } = await forgetTarget(targets.open.toUpperCase(), options);
      assert.deepEqual(forgotten, {
        targetName: targets.open.toUpperCase(),
        removedLogins: logins,
        removedStaticTarget: true,
      });
      assert.equal(logins.length, 3);
      assert.deepEqual(loggedOut.map(({ sessionId }) => sessionId).sort(), sessions.map(each => each.sessionId).sort());
      assert.equal(await describeTarget(targets.open, options), null);
    });

    rule('what is forgotten is one target, and no other', async options => {
      await addIScsiSendTargetPortal(at.first, options);
      for (const isPersistent of [false, true]) {
        await loginIScsiTarget(targets.open, { ...options, isPersistent });
        await loginIScsiTarget(targets.wide, { ...options, isPersistent });
      }
      const other = await describeTarget(targets.wide, options);
      assert.deepEqual([other?.sessions?.length, other?.persistentLogins?.length], [1, 1]);
      await forgetTarget(targets.open, options);
      assert.deepEqual(await describeTarget(targets.wide, options), other);
      const left = await describeTarget(targets.open, options);
      assert.deepEqual([left?.isDiscovered, left?.sessions, left?.persistentLogins], [true, [], []]);
    });

    rule('a target that nothing knows is forgotten with nothing done', async options => {
      const nothing = { targetName: NOWHERE, removedLogins: [], loggedOut: [], removedStaticTarget: false };
      assert.deepEqual(await forgetTarget(NOWHERE, options), nothing);
    });
  });
}

async function machineOf(options: AsyncOptions): Promise<unknown> {
  return [
    await describeTargets(options),
    await getIScsiSessionList(options),
    await reportIScsiPersistentLogins(options),
    await reportIScsiSendTargetPortals(options),
  ];
}
