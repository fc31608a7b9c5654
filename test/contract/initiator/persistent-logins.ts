import assert from 'node:assert/strict';
import {
  addIScsiSendTargetPortal,
  getIScsiSessionList,
  loginIScsiTarget,
  logoutIScsiTarget,
  removeIScsiPersistentTarget,
  reportIScsiPersistentLogins,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { CHAP, forBothForms, NETWORK, PORTALS, type Site, TARGETS } from './site.js';

const CHAP_LOGIN = { authType: 'chap', username: CHAP.username, password: CHAP.secret } as const;

/** Rules about logins that Windows makes when it starts. */
export function persistentLoginsContract(open: () => Site, declare: Declare): void {
  forBothForms(open, declare, ({ rule: declareRule }) => {
    const rule: typeof declareRule = (text, check) =>
      declareRule(`persistent login: ${text}`, async (options, site) => {
        await addIScsiSendTargetPortal(PORTALS.first, options);
        await check(options, site);
      });

    rule('saves the login, and makes no session', async options => {
      const saved = await loginIScsiTarget(TARGETS.open, { ...options, isPersistent: true });
      assert.deepEqual(saved, { sessionId: null, connectionId: null });
      assert.deepEqual(await getIScsiSessionList(options), []);
      assert.equal((await reportIScsiPersistentLogins(options)).length, 1);
    });
    rule('is reported with what it was given, but for the password', async options => {
      const mappings = { osBusNumber: 0, osTargetNumber: 7, lunList: [{ osLun: 1, targetLun: '100' }] };
      const targetPortal = { symbolicName: 'grün', address: PORTALS.second, socket: 3260 };
      const initiator = { initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0', initiatorPortNumber: 3 };
      await loginIScsiTarget(TARGETS.chap, {
        ...options,
        ...initiator,
        targetPortal,
        mappings,
        loginOptions: CHAP_LOGIN,
        securityFlags: ['tunnelModePreferred'],
        isPersistent: true,
      });
      const { password, ...reported } = CHAP_LOGIN;
      assert.deepEqual(await reportIScsiPersistentLogins(options), [
        {
          targetName: TARGETS.chap,
          isInformationalSession: false,
          ...initiator,
          targetPortal,
          securityFlags: ['tunnelModePreferred'],
          mappings,
          loginOptions: { loginFlags: [], ...reported },
        },
      ]);
    });
    rule('is made when the machine starts, with its password', async (options, site) => {
      await loginIScsiTarget(TARGETS.chap, { ...options, loginOptions: CHAP_LOGIN, isPersistent: true });
      site.restart();
      assert.deepEqual(
        (await getIScsiSessionList(options)).map(({ targetName }) => targetName),
        [TARGETS.chap],
      );
    });
    rule('is made as often as it was saved', async (options, site) => {
      const login = { ...options, loginOptions: { loginFlags: ['multipathEnabled'] }, isPersistent: true } as const;
      await loginIScsiTarget(TARGETS.open, { ...login, targetPortal: PORTALS.first });
      await loginIScsiTarget(TARGETS.open, { ...login, targetPortal: PORTALS.second });
      site.restart();
      assert.deepEqual(
        (await getIScsiSessionList(options)).map(({ connections: [connection] }) => connection?.targetAddress),
        [PORTALS.first, PORTALS.second],
      );
    });
    rule('keeps the portal that it was given, wherever that sends the login', async (options, site) => {
      await loginIScsiTarget(TARGETS.open, { ...options, targetPortal: PORTALS.redirecting, isPersistent: true });
      site.restart();
      const [session] = await getIScsiSessionList(options);
      const [login] = await reportIScsiPersistentLogins(options);
      assert.equal(session?.connections[0]?.targetAddress, PORTALS.second);
      assert.equal(login?.targetPortal.address, PORTALS.redirecting);
    });
    rule('outlives its session and its target', async (options, site) => {
      const { sessionId } = await loginIScsiTarget(TARGETS.open, options);
      await loginIScsiTarget(TARGETS.open, { ...options, isPersistent: true });
      await logoutIScsiTarget(sessionId, options);
      site.change({ ...NETWORK, targets: [] });
      site.restart();
      assert.deepEqual(await getIScsiSessionList(options), []);
      assert.equal((await reportIScsiPersistentLogins(options)).length, 1);
    });
    rule('is removed as it was reported, one call for each of equal ones', async options => {
      const save = { ...options, targetPortal: PORTALS.first, isPersistent: true } as const;
      for (const _ of [1, 2]) await loginIScsiTarget(TARGETS.open, save);
      await loginIScsiTarget(TARGETS.open, { ...options, isPersistent: true });
      for (let left = 3; left > 0; left--) {
        const logins = await reportIScsiPersistentLogins(options);
        assert.equal(logins.length, left);
        const [login] = logins;
        assert.ok(login);
        await removeIScsiPersistentTarget(login.targetName, { ...login, ...options });
      }
      assert.deepEqual(await reportIScsiPersistentLogins(options), []);
    });
    rule('for any portal is the one that is removed as it was reported', async options => {
      for (const targetPortal of [PORTALS.first, null]) {
        await loginIScsiTarget(TARGETS.open, { ...options, targetPortal, isPersistent: true });
      }
      const [first, any] = await reportIScsiPersistentLogins(options);
      assert.ok(any);
      await removeIScsiPersistentTarget(any.targetName, { ...any, ...options });
      assert.deepEqual(await reportIScsiPersistentLogins(options), [first]);
    });
    rule('has a user name of any bytes', async options => {
      const username = Uint8Array.of(0x61, 0xff);
      await loginIScsiTarget(TARGETS.chap, {
        ...options,
        loginOptions: { ...CHAP_LOGIN, username },
        isPersistent: true,
      });
      const [login] = await reportIScsiPersistentLogins(options);
      assert.deepEqual(login?.loginOptions.username, username);
    });
    rule('can be used to log in, as it was reported', async options => {
      await loginIScsiTarget(TARGETS.open, { ...options, isPersistent: true });
      const [login] = await reportIScsiPersistentLogins(options);
      assert.ok(login);
      assert.deepEqual(login.targetPortal, { symbolicName: '', address: '', socket: 0 });
      await loginIScsiTarget(login.targetName, { ...login, ...options });
      assert.equal((await getIScsiSessionList(options)).length, 1);
    });
    rule('that is not there cannot be removed', async options => {
      await loginIScsiTarget(TARGETS.open, { ...options, targetPortal: PORTALS.first, isPersistent: true });
      for (const [targetName, more] of [
        [TARGETS.wide, {}],
        [TARGETS.open, { targetPortal: PORTALS.second }],
        [TARGETS.open, { initiatorInstance: 'another' }],
        [TARGETS.open, { initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0', initiatorPortNumber: 1 }],
      ] as const) {
        const error = await errorOf(removeIScsiPersistentTarget(targetName, { ...options, ...more }));
        assert.equal(error.code, 'ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA');
      }
      assert.equal((await reportIScsiPersistentLogins(options)).length, 1);
    });
  });
}
