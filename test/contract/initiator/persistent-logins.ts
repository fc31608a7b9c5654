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
import { forBothForms, RETRIED, type Sites } from './site.js';

/** Rules about logins that Windows makes when it starts. */
export function persistentLoginsContract(sites: Sites, declare: Declare): void {
  const { targets, portals, chap } = sites;
  const CHAP_LOGIN = { authType: 'chap', username: chap.username, password: chap.secret } as const;
  forBothForms(sites, declare, ({ rule: declareRule }) => {
    const rule: typeof declareRule = (text, check, needs) =>
      declareRule(
        `persistent login: ${text}`,
        async (options, site) => {
          await addIScsiSendTargetPortal(portals.first, options);
          await check(options, site);
        },
        needs,
      );

    rule('saves the login, and makes no session', async options => {
      const saved = await loginIScsiTarget(targets.open, { ...options, isPersistent: true });
      assert.deepEqual(saved, { sessionId: null, connectionId: null });
      assert.deepEqual(await getIScsiSessionList(options), []);
      assert.equal((await reportIScsiPersistentLogins(options)).length, 1);
    });
    rule('is reported with its portal and its login options, but for the password', async options => {
      const targetPortal = { symbolicName: '', address: portals.first, socket: 3260 };
      const login = { ...options, targetPortal, loginOptions: CHAP_LOGIN, isPersistent: true } as const;
      await loginIScsiTarget(targets.chap, login);
      const { password, ...reported } = CHAP_LOGIN;
      const saved = await reportIScsiPersistentLogins(options);
      assert.deepEqual(
        saved.map(each => [each.targetName, each.targetPortal.address, each.targetPortal.socket, each.loginOptions]),
        [[targets.chap, portals.first, 3260, { loginFlags: [], ...reported }]],
      );
    });
    rule(
      'is reported with its mappings, its initiator and its flags',
      async options => {
        const mappings = { osBusNumber: 0, osTargetNumber: 7, lunList: [{ osLun: 1, targetLun: '100' }] };
        const targetPortal = { symbolicName: 'grün', address: portals.second, socket: 3260 };
        const initiator = { initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0', initiatorPortNumber: 3 };
        await loginIScsiTarget(targets.chap, {
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
            targetName: targets.chap,
            isInformationalSession: false,
            ...initiator,
            targetPortal,
            securityFlags: ['tunnelModePreferred'],
            mappings,
            loginOptions: { loginFlags: [], ...reported },
          },
        ]);
      },
      ['simulator'],
    );
    rule(
      'is made when the machine starts, with its password',
      async (options, site) => {
        await loginIScsiTarget(targets.chap, { ...options, loginOptions: CHAP_LOGIN, isPersistent: true });
        site.restart();
        assert.deepEqual(
          (await getIScsiSessionList(options)).map(({ targetName }) => targetName),
          [targets.chap],
        );
      },
      ['restart'],
    );
    rule(
      'is made as often as it was saved',
      async (options, site) => {
        const login = { ...options, loginOptions: { loginFlags: ['multipathEnabled'] }, isPersistent: true } as const;
        await loginIScsiTarget(targets.open, { ...login, targetPortal: portals.first });
        await loginIScsiTarget(targets.open, { ...login, targetPortal: portals.second });
        site.restart();
        assert.deepEqual(
          (await getIScsiSessionList(options)).map(({ connections: [connection] }) => connection?.targetAddress),
          [portals.first, portals.second],
        );
      },
      ['restart'],
    );
    rule(
      'keeps the portal that it was given, wherever that sends the login',
      async (options, site) => {
        await loginIScsiTarget(targets.open, { ...options, targetPortal: portals.redirecting, isPersistent: true });
        site.restart();
        const [session] = await getIScsiSessionList(options);
        const [login] = await reportIScsiPersistentLogins(options);
        assert.equal(session?.connections[0]?.targetAddress, portals.second);
        assert.equal(login?.targetPortal.address, portals.redirecting);
      },
      ['redirectingPortal', 'restart'],
    );
    rule(
      'outlives its session and its target',
      async (options, site) => {
        const { sessionId } = await loginIScsiTarget(targets.open, options);
        await loginIScsiTarget(targets.open, { ...options, isPersistent: true });
        await logoutIScsiTarget(sessionId, { ...options, ...RETRIED });
        site.change(network => ({ ...network, targets: [] }));
        site.restart();
        assert.deepEqual(await getIScsiSessionList(options), []);
        assert.equal((await reportIScsiPersistentLogins(options)).length, 1);
      },
      ['change', 'restart'],
    );
    rule('outlives its session', async options => {
      const { sessionId } = await loginIScsiTarget(targets.open, options);
      await loginIScsiTarget(targets.open, { ...options, isPersistent: true });
      await logoutIScsiTarget(sessionId, { ...options, ...RETRIED });
      assert.equal((await reportIScsiPersistentLogins(options)).length, 1);
    });
    rule('is removed as it was reported, one call for each of equal ones', async options => {
      const save = { ...options, targetPortal: portals.first, isPersistent: true } as const;
      for (const _ of [1, 2]) await loginIScsiTarget(targets.open, save);
      await loginIScsiTarget(targets.open, { ...options, isPersistent: true });
      for (let left = 3; left > 0; left--) {
        const logins = await reportIScsiPersistentLogins(options);
        assert.equal(logins.length, left);
        const [login] = logins;
        assert.ok(login);
        await removeIScsiPersistentTarget(login.targetName, { ...login, ...options });
      }
      assert.deepEqual(await reportIScsiPersistentLogins(options), []);
    });
    rule(
      'for any portal is the one that is removed as it was reported',
      async options => {
        for (const targetPortal of [portals.first, null]) {
          await loginIScsiTarget(targets.open, { ...options, targetPortal, isPersistent: true });
        }
        const [first, any] = await reportIScsiPersistentLogins(options);
        assert.ok(any);
        await removeIScsiPersistentTarget(any.targetName, { ...any, ...options });
        assert.deepEqual(await reportIScsiPersistentLogins(options), [first]);
      },
      ['simulator'],
    );
    rule('has a user name of any bytes', async options => {
      const username = Uint8Array.of(0x61, 0xff);
      await loginIScsiTarget(targets.chap, {
        ...options,
        loginOptions: { ...CHAP_LOGIN, username },
        isPersistent: true,
      });
      const [login] = await reportIScsiPersistentLogins(options);
      assert.deepEqual(login?.loginOptions.username, username);
    });
    rule('can be used to log in, as it was reported', async options => {
      await loginIScsiTarget(targets.open, { ...options, isPersistent: true });
      const [login] = await reportIScsiPersistentLogins(options);
      assert.ok(login);
      assert.deepEqual(login.targetPortal, { symbolicName: '', address: '', socket: 0 });
      await loginIScsiTarget(login.targetName, { ...login, ...options });
      assert.equal((await getIScsiSessionList(options)).length, 1);
    });
    rule('that is not there cannot be removed', async options => {
      await loginIScsiTarget(targets.open, { ...options, targetPortal: portals.first, isPersistent: true });
      for (const [targetName, more] of [
        [targets.chap, {}],
        [targets.open, { targetPortal: { address: portals.first, socket: 3261 } }],
        [targets.open, { initiatorInstance: 'another' }],
        [targets.open, { initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0', initiatorPortNumber: 1 }],
      ] as const) {
        const error = await errorOf(removeIScsiPersistentTarget(targetName, { ...options, ...more }));
        assert.equal(error.code, 'ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA');
      }
      assert.equal((await reportIScsiPersistentLogins(options)).length, 1);
    });
  });
}
