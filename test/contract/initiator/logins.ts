import assert from 'node:assert/strict';
import {
  addIScsiSendTargetPortal,
  getDevicesForIScsiSession,
  getIScsiSessionList,
  getIScsiSessionListEx,
  type LoginTargetOptions,
  loginIScsiTarget,
  logoutIScsiTarget,
  reportActiveIScsiTargetMappings,
  reportIScsiTargetPortals,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { disksOf, forBothForms, type Need, RETRIED, type Sites } from './site.js';

const MULTIPATH = { loginFlags: ['multipathEnabled'] } as const;

/** Rules about who may log in, and what comes of it. */
export function loginsContract(sites: Sites, declare: Declare): void {
  const { targets, portals, dead, chap } = sites;
  const CHAP_LOGIN = { authType: 'chap', username: chap.username, password: chap.secret } as const;
  forBothForms(sites, declare, ({ rule: declareRule }) => {
    /** A rule of a site whose targets are known. */
    const rule: typeof declareRule = (text, check, needs) =>
      declareRule(
        `login: ${text}`,
        async (options, site) => {
          await addIScsiSendTargetPortal(portals.first, options);
          await check(options, site);
        },
        needs,
      );
    const refused = (
      text: string,
      code: string,
      targetName: string,
      login: LoginTargetOptions = {},
      needs: readonly Need[] = [],
    ) =>
      rule(
        text,
        async options => {
          const error = await errorOf(loginIScsiTarget(targetName, { ...options, ...login }));
          assert.equal(error.code, code);
          assert.deepEqual(await getIScsiSessionList(options), []);
        },
        needs,
      );

    rule('gives a session with a connection through the portal, and its disks', async options => {
      const ids = await loginIScsiTarget(targets.open, { ...options, targetPortal: portals.first });
      const [session, ...more] = await getIScsiSessionList(options);
      assert.deepEqual(more, []);
      assert.equal(session?.sessionId, ids.sessionId);
      assert.deepEqual([session?.targetName, session?.connections.length], [targets.open, 1]);
      const [connection] = session?.connections ?? [];
      assert.equal(connection?.connectionId, ids.connectionId);
      assert.deepEqual([connection?.targetAddress, connection?.targetSocket], [portals.first, 3260]);
      const disks = await disksOf(ids.sessionId, 2, options);
      assert.deepEqual(disks.map(({ scsiAddress: { lun } }) => lun).sort(), [0, 1]);
      for (const { legacyName, storageDeviceNumber } of disks) {
        assert.equal(legacyName, `\\\\.\\PhysicalDrive${storageDeviceNumber.deviceNumber}`);
      }
      const [mapping] = await reportActiveIScsiTargetMappings(options);
      assert.deepEqual(
        mapping?.lunList.map(({ targetLun }) => targetLun),
        ['0', '100'],
      );
    });
    rule(
      'takes the portal that it is given',
      async options => {
        await loginIScsiTarget(targets.open, { ...options, targetPortal: portals.second });
        const [session] = await getIScsiSessionList(options);
        assert.equal(session?.connections[0]?.targetAddress, portals.second);
      },
      ['anotherPortal'],
    );
    rule('without a portal takes one that is known', async options => {
      const known = (await reportIScsiTargetPortals(targets.open, options)).map(({ address }) => address);
      await loginIScsiTarget(targets.open, options);
      const [session] = await getIScsiSessionList(options);
      assert.ok(known.includes(session?.connections[0]?.targetAddress ?? ''));
    });
    rule('takes the name of a target in any case', async options => {
      await loginIScsiTarget(targets.open.toUpperCase(), options);
      assert.equal((await getIScsiSessionList(options))[0]?.targetName, targets.open);
    });
    declareRule('login: needs the target to be discovered', async options => {
      const error = await errorOf(loginIScsiTarget(targets.open, { ...options, targetPortal: portals.first }));
      assert.equal(error.code, 'ISDSC_TARGET_NOT_FOUND');
    });
    refused('fails through a portal that does not answer', 'ISDSC_CONNECTION_FAILED', targets.open, {
      targetPortal: dead,
    });
    refused(
      'fails with a target that does not let the initiator in',
      'ISDSC_AUTHORIZATION_FAILURE',
      targets.closed,
      {},
      ['closedTarget'],
    );
    refused('fails without CHAP where the target wants it', 'ISDSC_AUTHENTICATION_FAILURE', targets.chap);
    refused('fails with a wrong secret', 'ISDSC_AUTHENTICATION_FAILURE', targets.chap, {
      loginOptions: { ...CHAP_LOGIN, password: 'wrong-secret-12' },
    });
    refused('fails with a wrong user name', 'ISDSC_AUTHENTICATION_FAILURE', targets.chap, {
      loginOptions: { ...CHAP_LOGIN, username: 'somebody' },
    });
    refused('fails with CHAP where the target has none', 'ISDSC_AUTHENTICATION_FAILURE', targets.open, {
      loginOptions: CHAP_LOGIN,
    });
    refused('fails with a secret that is too short', 'ISDSC_INVALID_CHAP_SECRET', targets.chap, {
      loginOptions: { ...CHAP_LOGIN, password: 'short' },
    });
    refused(
      'fails with mutual CHAP before the machine has a secret',
      'ISDSC_INVALID_INITIATOR_CHAP_SECRET',
      targets.mutual,
      {
        loginOptions: { ...CHAP_LOGIN, authType: 'mutualChap' },
      },
    );
    rule('proves itself by CHAP, with a secret as text or as bytes', async options => {
      for (const password of [chap.secret, Buffer.from(chap.secret)]) {
        const loginOptions = { ...CHAP_LOGIN, password };
        const { sessionId } = await loginIScsiTarget(targets.chap, { ...options, loginOptions });
        const [negotiated] = await getIScsiSessionListEx(options);
        assert.equal(negotiated?.connections[0]?.authType, 'chap');
        await logoutIScsiTarget(sessionId, { ...options, ...RETRIED });
      }
    });
    rule('a second time needs multipath', async options => {
      await loginIScsiTarget(targets.open, { ...options, loginOptions: MULTIPATH });
      const error = await errorOf(loginIScsiTarget(targets.open, options));
      assert.equal(error.code, 'ISDSC_TARGET_ALREADY_LOGGED_IN');
    });
    rule(
      'a second time gives the same disks',
      async options => {
        const first = await loginIScsiTarget(targets.open, { ...options, loginOptions: MULTIPATH });
        const second = await loginIScsiTarget(targets.open, {
          ...options,
          targetPortal: portals.second,
          loginOptions: MULTIPATH,
        });
        assert.notEqual(second.sessionId, first.sessionId);
        const numbers = async ({ sessionId }: { sessionId: string }) =>
          (await disksOf(sessionId, 2, options)).map(device => device.storageDeviceNumber.deviceNumber);
        assert.deepEqual(await numbers(second), await numbers(first));
        const [disk] = await getDevicesForIScsiSession(first.sessionId, options);
        assert.match(disk?.deviceInterfaceName ?? '', /^\\\\\?\\mpio#/);
        await logoutIScsiTarget(second.sessionId, { ...options, ...RETRIED });
        const [alone] = await getDevicesForIScsiSession(first.sessionId, options);
        assert.match(alone?.deviceInterfaceName ?? '', /^\\\\\?\\scsi#/);
        assert.equal(alone?.legacyName, disk?.legacyName);
      },
      ['anotherPortal', 'mpio'],
    );
    rule(
      'ends at the most sessions that the target takes',
      async options => {
        const login = { ...options, loginOptions: MULTIPATH };
        await loginIScsiTarget(targets.single, login);
        assert.equal((await errorOf(loginIScsiTarget(targets.single, login))).code, 'ISDSC_TOO_MANY_SESSIONS');
      },
      ['singleSession'],
    );
    rule(
      'goes where the portal sends it',
      async options => {
        await loginIScsiTarget(targets.open, { ...options, targetPortal: portals.redirecting });
        const [session] = await getIScsiSessionList(options);
        assert.equal(session?.connections[0]?.targetAddress, portals.second);
      },
      ['redirectingPortal'],
    );
    rule('for information only gives a session without disks', async options => {
      const login = { ...options, isInformationalSession: true };
      const { sessionId } = await loginIScsiTarget(targets.open, login);
      assert.deepEqual(await getDevicesForIScsiSession(sessionId, options), []);
      assert.equal((await getIScsiSessionListEx(options))[0]?.type, 'informational');
    });
    rule('uses the digests that it asks for', async options => {
      const loginOptions = { headerDigest: 'none', dataDigest: 'crc32c' } as const;
      await loginIScsiTarget(targets.open, { ...options, loginOptions });
      const [negotiated] = await getIScsiSessionListEx(options);
      const [connection] = negotiated?.connections ?? [];
      assert.deepEqual([connection?.headerDigest, connection?.dataDigest], ['none', 'crc32c']);
    });
    rule('gives ids that no session has had', async options => {
      const first = await loginIScsiTarget(targets.open, options);
      await logoutIScsiTarget(first.sessionId, { ...options, ...RETRIED });
      assert.equal((await errorOf(logoutIScsiTarget(first.sessionId, options))).code, 'ISDSC_INVALID_SESSION_ID');
      const second = await loginIScsiTarget(targets.open, options);
      assert.notEqual(second.sessionId, first.sessionId);
      assert.notEqual(second.connectionId, first.connectionId);
    });
    rule(
      'after a timeout can still give a session: the error says so',
      async options => {
        const login = loginIScsiTarget(targets.open, { ...options, targetPortal: portals.slow, timeoutMs: 20 });
        const error = await errorOf(login);
        assert.deepEqual([error.code, error.pending], ['ERR_ISCSIDSC_TIMEOUT', 'running']);
        assert.deepEqual(await getIScsiSessionList(options), []);
        for (let round = 0; (await getIScsiSessionList(options)).length === 0; round++) {
          assert.ok(round < 500, 'no session has appeared');
          await new Promise(resolve => setTimeout(resolve, 10));
        }
      },
      ['slowPortal'],
    );
    rule(
      'through a slow portal delays no list',
      async options => {
        const order: string[] = [];
        const slow = loginIScsiTarget(targets.open, { ...options, targetPortal: portals.slow });
        const done = slow.then(() => order.push('login'));
        await getIScsiSessionList(options);
        order.push('list');
        await done;
        assert.deepEqual(order, ['list', 'login']);
      },
      ['slowPortal'],
    );
  });
}
