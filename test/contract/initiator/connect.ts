import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  addIScsiSendTargetPortal,
  type ConnectProgress,
  type ConnectTarget,
  connectTarget,
  disconnectTarget,
  getDevicesForIScsiSession,
  getIScsiSessionList,
  loginIScsiTarget,
  reportIScsiPersistentLogins,
  reportIScsiSendTargetPortals,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { forBothForms, type Sites } from './site.js';

const MULTIPATH = { loginFlags: ['multipathEnabled'] } as const;
const NOTHING = { portals: [], sessions: [], persistentLogins: [] };

/** What a connection changes, without what is new with each login. */
export async function machineOf(options: AsyncOptions): Promise<unknown> {
  const sessions = await getIScsiSessionList(options);
  return {
    portals: (await reportIScsiSendTargetPortals(options)).map(({ address }) => address),
    sessions: sessions.map(({ targetName, connections }) => [targetName, connections.map(each => each.targetAddress)]),
    logins: (await reportIScsiPersistentLogins(options)).map(each => [each.targetName, each.targetPortal.address]),
  };
}

/** Rules about the way from a portal to a disk in one call, and back. */
export function connectContract(sites: Sites, declare: Declare): void {
  const { targets, portals: at, dead, chap: chapOf } = sites;
  const BOTH = [at.first, at.second];
  forBothForms(sites, declare, ({ rule }) => {
    const target: ConnectTarget = { targetName: targets.open, portals: at.first };

    rule('connect: one call leads from nothing to the disks, and undo leaves nothing', async options => {
      const before = await machineOf(options);
      const connected = await connectTarget({ ...target, persistent: true }, options);
      assert.deepEqual(await machineOf(options), {
        portals: [at.first],
        sessions: [[targets.open, [at.first]]],
        logins: [[targets.open, at.first]],
      });
      const [session] = await getIScsiSessionList(options);
      const portal = { symbolicName: '', address: at.first, socket: 3260 };
      assert.deepEqual(connected.sessions, [{ sessionId: session?.sessionId, portal, isNew: true }]);
      assert.deepEqual(connected.devices, await getDevicesForIScsiSession(String(session?.sessionId), options));
      assert.equal(connected.devices.length, 2);
      assert.deepEqual(connected.failed, []);
      const { portals, sessions, persistentLogins } = connected.created;
      assert.deepEqual(portals, await reportIScsiSendTargetPortals(options));
      assert.deepEqual(sessions, [
        { sessionId: session?.sessionId, connectionId: session?.connections[0]?.connectionId },
      ]);
      assert.deepEqual(persistentLogins, await reportIScsiPersistentLogins(options));
      await Promise.all([connected.undo(), connected.undo()]);
      assert.deepEqual(await machineOf(options), before);
      await connected.undo();
    });

    rule('connect: the second call finds all of it, and makes and undoes nothing', async options => {
      for (const more of [{}, { portals: BOTH, multipath: true }]) {
        await connectTarget({ ...target, ...more, persistent: true }, options);
        const before = await machineOf(options);
        const again = await connectTarget(
          { ...target, ...more, targetName: targets.open.toUpperCase(), persistent: true },
          options,
        );
        assert.deepEqual(again.created, NOTHING);
        assert.ok(again.sessions.every(({ isNew }) => !isNew));
        await again.undo();
        assert.deepEqual(await machineOf(options), before);
      }
    });

    rule('connect: what was there before stays when a part that was missing is undone', async options => {
      await addIScsiSendTargetPortal(at.first, options);
      await loginIScsiTarget(targets.open, { ...options, targetPortal: at.first, loginOptions: MULTIPATH });
      const before = await machineOf(options);
      const connected = await connectTarget({ ...target, portals: BOTH, multipath: true }, options);
      assert.deepEqual(
        connected.sessions.map(({ isNew, portal }) => [isNew, portal?.address]),
        [
          [false, at.first],
          [true, at.second],
        ],
      );
      await connected[Symbol.asyncDispose]();
      assert.deepEqual(await machineOf(options), before);
    });

    rule('connect: with multipath there is a session for each portal, and one entry for each disk', async options => {
      const { sessions, devices } = await connectTarget({ ...target, portals: BOTH, multipath: true }, options);
      assert.equal(sessions.length, 2);
      assert.deepEqual(
        devices.map(({ scsiAddress }) => scsiAddress.lun),
        [0, 1],
      );
    });

    rule('connect: with multipath a portal that fails is reported, and the others work', async options => {
      const portals = [dead, at.second];
      const { sessions, failed, created } = await connectTarget({ ...target, portals, multipath: true }, options);
      assert.deepEqual(
        failed.map(({ portal, error }) => [portal.socket, error.code]),
        [[dead.socket, 'ISDSC_CONNECTION_FAILED']],
      );
      assert.deepEqual(
        sessions.map(({ portal }) => portal?.address),
        [at.second],
      );
      assert.deepEqual(
        created.portals.map(({ address }) => address),
        [at.second],
      );
    });

    rule('connect: without multipath the first portal that works is it', async options => {
      const portals = [dead, at.second, at.first];
      const { sessions, failed } = await connectTarget({ ...target, portals }, options);
      assert.deepEqual(
        sessions.map(({ portal }) => portal?.address),
        [at.second],
      );
      assert.equal(failed.length, 1);
    });

    rule('connect: without multipath a session through another portal is used', async options => {
      const first = await connectTarget(target, options);
      const second = await connectTarget({ ...target, portals: at.second }, options);
      assert.deepEqual(
        second.sessions.map(({ sessionId, isNew }) => [sessionId, isNew]),
        first.sessions.map(({ sessionId }) => [sessionId, false]),
      );
    });

    rule('connect: without portals those that Windows knows are tried, and none is registered', async options => {
      const unknown = await errorOf(connectTarget({ targetName: targets.open }, options));
      assert.equal(unknown.code, 'ISDSC_TARGET_NOT_FOUND');
      await addIScsiSendTargetPortal(at.first, options);
      const { sessions, created } = await connectTarget({ targetName: targets.open }, options);
      assert.equal(sessions[0]?.portal?.address, at.first);
      assert.deepEqual(created.portals, []);
    });

    rule('connect: a registered portal is asked again for a target that is not known', async (options, site) => {
      await addIScsiSendTargetPortal(at.first, options);
      const targetName = 'iqn.2003-01.org.example:new';
      site.change(({ targets: all, ...more }) => ({
        ...more,
        targets: [...all, { targetName, portalGroups: [[at.first]] }],
      }));
      const { devices, created } = await connectTarget({ targetName, portals: at.first }, options);
      assert.equal(devices.length, 1);
      assert.deepEqual(created.portals, []);
    });

    rule('connect: CHAP is for the login, and its saved login is found again', async options => {
      const chap = { username: chapOf.username, secret: Buffer.from(chapOf.secret) };
      const secure = { targetName: targets.chap, portals: at.first, persistent: true };
      const connecting = connectTarget({ ...secure, chap }, options);
      // It has been copied.
      chap.secret.fill(0);
      await connecting;
      const { username, secret } = chapOf;
      const again = await connectTarget({ ...secure, chap: { username, secret } }, options);
      assert.deepEqual(again.created, NOTHING);
      const [saved] = await reportIScsiPersistentLogins(options);
      assert.deepEqual(saved?.loginOptions, { loginFlags: [], authType: 'chap', username: chapOf.username });
    });

    rule('connect: an informational session does not count', async options => {
      await addIScsiSendTargetPortal(at.first, options);
      await loginIScsiTarget(targets.open, { ...options, isInformationalSession: true, targetPortal: at.first });
      const { sessions } = await connectTarget({ ...target, multipath: true }, options);
      assert.deepEqual(
        sessions.map(({ isNew }) => isNew),
        [true],
      );
    });

    for (const [text, more, code] of [
      ['a portal that does not answer', { portals: dead }, 'ISDSC_CONNECTION_FAILED'],
      ['a target that is not there', { targetName: 'iqn.2003-01.org.example:no' }, 'ISDSC_TARGET_NOT_FOUND'],
      ['a target that does not let this initiator in', { targetName: targets.closed }, 'ISDSC_AUTHORIZATION_FAILURE'],
      ['a target that wants CHAP', { targetName: targets.chap, portals: BOTH }, 'ISDSC_AUTHENTICATION_FAILURE'],
      ['a LUN that is not mapped', { lun: 7 }, 'ERR_ISCSIDSC_NO_LUN'],
    ] as const) {
      rule(`connect: ${text} leaves nothing behind`, async options => {
        const before = await machineOf(options);
        const progress: ConnectProgress[] = [];
        const error = await errorOf(
          connectTarget(
            { ...target, ...more, persistent: true },
            { ...options, onProgress: each => progress.push(each) },
          ),
        );
        assert.equal(error.code, code);
        assert.deepEqual(error.created, NOTHING);
        assert.equal(error.undoErrors, undefined);
        assert.deepEqual(await machineOf(options), before);
      });
    }

    rule('connect: a LUN alone is waited for and returned', async options => {
      const { devices } = await connectTarget({ ...target, lun: '100' }, options);
      assert.deepEqual(
        devices.map(({ scsiAddress }) => scsiAddress.lun),
        [1],
      );
    });

    rule('connect: an abort while a login runs undoes that login, too', async options => {
      const before = await machineOf(options);
      const controller = new AbortController();
      const onProgress = ({ step }: ConnectProgress) => {
        if (step === 'session') setTimeout(() => controller.abort(), 20);
      };
      const { signal } = controller;
      const slow = { ...target, portals: at.slow };
      const error = await errorOf(connectTarget(slow, { ...options, signal, onProgress }));
      assert.equal(error.name, 'AbortError');
      assert.equal(error.pending, 'betweenAttempts');
      assert.deepEqual(error.created, NOTHING);
      assert.deepEqual(await machineOf(options), before);
    });

    rule('connect: a timeout while a portal is added undoes that, too', async options => {
      const before = await machineOf(options);
      const slow = { ...target, portals: at.slow };
      const error = await errorOf(connectTarget(slow, { ...options, timeoutMs: 50 }));
      assert.deepEqual([error.code, error.pending], ['ERR_ISCSIDSC_TIMEOUT', 'betweenAttempts']);
      assert.deepEqual(error.created, NOTHING);
      assert.deepEqual(await machineOf(options), before);
    });

    rule('disconnect: all sessions of a target end, and its saved logins and portals if asked for', async options => {
      const before = await machineOf(options);
      await connectTarget({ ...target, portals: BOTH, multipath: true, persistent: true }, options);
      const sessions = await getIScsiSessionList(options);
      const logins = await reportIScsiPersistentLogins(options);
      assert.deepEqual(await disconnectTarget({ targetName: targets.open.toUpperCase() }, options), {
        targetNames: [targets.open.toUpperCase()],
        removedLogins: [],
        loggedOut: sessions,
        removedPortals: [],
      });
      const rest = await disconnectTarget(
        { targetName: targets.open },
        { ...options, forget: true, removePortal: true },
      );
      // The other targets of the site are behind the same portals.
      assert.deepEqual(rest, {
        targetNames: [targets.open],
        removedLogins: logins,
        loggedOut: [],
        removedPortals: [],
      });
      assert.deepEqual(await machineOf(options), { ...(before as object), portals: BOTH });
    });

    rule('disconnect: a portal that leads nowhere else is removed', async (options, site) => {
      const targetName = 'iqn.2003-01.org.example:alone';
      const address = '10.0.5.10';
      site.change(({ targets: all, ...more }) => ({
        ...more,
        targets: [...all, { targetName, portalGroups: [[address]] }],
      }));
      await addIScsiSendTargetPortal(at.first, options);
      const before = await machineOf(options);
      const { created } = await connectTarget({ targetName, portals: address }, options);
      const { removedPortals } = await disconnectTarget({ targetName }, { ...options, removePortal: true });
      assert.deepEqual(removedPortals, created.portals);
      assert.deepEqual(await machineOf(options), before);
    });

    rule('disconnect: a session or a disk stands for its target', async options => {
      const { sessions, devices } = await connectTarget({ ...target, portals: BOTH, multipath: true }, options);
      const [first] = sessions;
      const { targetNames } = await disconnectTarget({ sessionId: String(first?.sessionId) }, options);
      assert.deepEqual(targetNames, [targets.open]);
      const deviceNumber = devices[1]?.storageDeviceNumber.deviceNumber ?? 0;
      const { loggedOut } = await disconnectTarget({ deviceNumber }, options);
      assert.deepEqual(
        loggedOut.map(({ sessionId }) => sessionId),
        sessions.slice(1).map(({ sessionId }) => sessionId),
      );
      assert.deepEqual(await getIScsiSessionList(options), []);
    });

    rule('disconnect: a session or a disk that is not there is refused', async options => {
      const gone = await errorOf(disconnectTarget({ sessionId: '1-dead' }, options));
      assert.equal(gone.code, 'ISDSC_INVALID_SESSION_ID');
      const noDisk = await errorOf(disconnectTarget({ deviceNumber: 9 }, options));
      assert.equal(noDisk.code, 'ERR_ISCSIDSC_NOT_LISTED');
      assert.deepEqual(noDisk.done, { targetNames: [], removedLogins: [], loggedOut: [], removedPortals: [] });
      const { loggedOut } = await disconnectTarget({ targetName: targets.open }, options);
      assert.deepEqual(loggedOut, []);
    });
  });
}
