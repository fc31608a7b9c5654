import assert from 'node:assert/strict';
import {
  addIScsiSendTargetPortal,
  getIScsiTargetInformation,
  refreshIScsiSendTargetPortal,
  removeIScsiSendTargetPortal,
  reportIScsiSendTargetPortals,
  reportIScsiSendTargetPortalsEx,
  reportIScsiTargetPortals,
  reportIScsiTargets,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { CHAP, forBothForms, NETWORK, PORTALS, type Site, TARGETS } from './site.js';

const QUIET = { onWarning: () => {} };

/** Rules about portals, and the targets that they tell of. */
export function portalsContract(open: () => Site, declare: Declare): void {
  forBothForms(open, declare, ({ rule }) => {
    rule('a portal that is added tells of its targets', async options => {
      assert.deepEqual(await reportIScsiTargets(options), []);
      await addIScsiSendTargetPortal(PORTALS.first, options);
      assert.deepEqual((await reportIScsiTargets(options)).sort(), Object.values(TARGETS).sort());
      const [portal] = await reportIScsiSendTargetPortals(options);
      assert.deepEqual(portal, {
        initiatorName: '',
        initiatorPortNumber: 0xffffffff,
        symbolicName: '',
        address: PORTALS.first,
        socket: 3260,
      });
    });
    rule('a portal is reported with what it was added with, but for the password', async options => {
      const loginOptions = {
        loginFlags: ['multipathEnabled'],
        authType: 'chap',
        headerDigest: 'crc32c',
        maximumConnections: 3,
        username: CHAP.username,
        password: CHAP.secret,
      } as const;
      const portal = { address: PORTALS.guarded, socket: 3260, symbolicName: 'grün' };
      const initiator = { initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0', initiatorPortNumber: 1 };
      await addIScsiSendTargetPortal(portal, {
        ...options,
        ...initiator,
        loginOptions,
        securityFlags: ['valid', 'pfsEnabled', 2 ** 40],
      });
      const { password, ...reported } = loginOptions;
      assert.deepEqual(await reportIScsiSendTargetPortalsEx(options), [
        {
          initiatorName: initiator.initiatorInstance,
          initiatorPortNumber: 1,
          ...portal,
          securityFlags: ['valid', 'pfsEnabled', 2 ** 40],
          loginOptions: reported,
        },
      ]);
    });
    rule('a portal that does not answer stays registered, and the error says so', async options => {
      const error = await errorOf(addIScsiSendTargetPortal(PORTALS.dead, options));
      assert.deepEqual([error.code, error.portalRegistered], ['ISDSC_CONNECTION_FAILED', true]);
      const [portal] = await reportIScsiSendTargetPortals(options);
      assert.equal(portal?.address, PORTALS.dead);
      await removeIScsiSendTargetPortal(PORTALS.dead, options);
      assert.deepEqual(await reportIScsiSendTargetPortals(options), []);
    });
    rule('with rollback a portal that does not answer is removed again', async options => {
      const error = await errorOf(addIScsiSendTargetPortal(PORTALS.dead, { ...options, rollback: true }));
      assert.deepEqual([error.code, error.portalRegistered], ['ISDSC_CONNECTION_FAILED', false]);
      assert.deepEqual(await reportIScsiSendTargetPortals(options), []);
    });
    rule('rollback leaves a portal that was registered before', async options => {
      await errorOf(addIScsiSendTargetPortal(PORTALS.dead, options));
      const error = await errorOf(addIScsiSendTargetPortal(PORTALS.dead, { ...options, rollback: true }));
      assert.equal(error.portalRegistered, true);
      assert.equal((await reportIScsiSendTargetPortals(options)).length, 1);
    });
    rule('a portal that refuses CHAP stays registered, and tells nothing', async options => {
      const loginOptions = { authType: 'chap', username: 'somebody', password: 'somebody-else' } as const;
      for (const address of [PORTALS.first, PORTALS.guarded]) {
        const error = await errorOf(addIScsiSendTargetPortal(address, { ...options, loginOptions }));
        assert.deepEqual([error.code, error.portalRegistered], ['ISDSC_AUTHENTICATION_FAILURE', true]);
      }
      assert.deepEqual(await reportIScsiTargets(options), []);
    });
    rule('a portal that nobody has added cannot be removed or refreshed', async options => {
      for (const change of [removeIScsiSendTargetPortal, refreshIScsiSendTargetPortal]) {
        assert.equal((await errorOf(change(PORTALS.first, options))).code, 'ISDSC_PORTAL_NOT_FOUND');
      }
    });
    rule('a portal can be refreshed and removed as it was reported', async options => {
      const initiator = { initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0', initiatorPortNumber: 2 };
      await addIScsiSendTargetPortal(PORTALS.first, { ...options, ...initiator });
      const [portal] = await reportIScsiSendTargetPortals(options);
      const [more] = await reportIScsiSendTargetPortalsEx(options);
      assert.ok(portal && more);
      assert.equal((await errorOf(removeIScsiSendTargetPortal(PORTALS.first, options))).code, 'ISDSC_PORTAL_NOT_FOUND');
      await refreshIScsiSendTargetPortal(portal, options);
      await addIScsiSendTargetPortal(more, options);
      await removeIScsiSendTargetPortal(more, options);
      assert.deepEqual(await reportIScsiSendTargetPortals(options), []);
    });
    rule('targets of a portal that was removed stay until the list is refreshed', async options => {
      await addIScsiSendTargetPortal(PORTALS.first, options);
      await removeIScsiSendTargetPortal(PORTALS.first, options);
      assert.ok((await reportIScsiTargets(options)).includes(TARGETS.open));
      assert.deepEqual(await reportIScsiTargets({ ...options, forceUpdate: true }), []);
    });
    rule('a new target is not seen before the portal is asked again', async (options, site) => {
      await addIScsiSendTargetPortal(PORTALS.first, options);
      const targetName = 'iqn.2003-01.org.example:new';
      site.change({ ...NETWORK, targets: [...NETWORK.targets, { targetName, portalGroups: [[PORTALS.first]] }] });
      assert.ok(!(await reportIScsiTargets(options)).includes(targetName));
      assert.ok((await reportIScsiTargets({ ...options, forceUpdate: true })).includes(targetName));
    });
    rule('a portal that does not answer makes an update a warning', async options => {
      await addIScsiSendTargetPortal(PORTALS.first, options);
      await errorOf(addIScsiSendTargetPortal(PORTALS.dead, options));
      const codes: string[] = [];
      const targets = await reportIScsiTargets({
        ...options,
        forceUpdate: true,
        onWarning: ({ code }) => codes.push(code),
      });
      assert.equal(targets.length, Object.keys(TARGETS).length);
      assert.deepEqual(codes, ['ISDSC_OPERATION_NOT_ALL_SUCCESS']);
    });
    rule('what is known of a target is asked by the way in which it was found', async options => {
      await addIScsiSendTargetPortal(PORTALS.first, options);
      const ask = { ...options, ...QUIET };
      const mechanisms = await getIScsiTargetInformation(TARGETS.open, 'discoveryMechanisms', ask);
      assert.equal(mechanisms.length, 1);
      const [discoveryMechanism = ''] = mechanisms;
      assert.match(discoveryMechanism, /^SendTargets:\*10\.0\.0\.10 0003260 .* $/);
      const of = { ...ask, discoveryMechanism };
      assert.equal(await getIScsiTargetInformation(TARGETS.open, 'protocolType', of), 'tcp');
      assert.equal(await getIScsiTargetInformation(TARGETS.open, 'targetAlias', of), 'Open to all');
      assert.deepEqual(await getIScsiTargetInformation(TARGETS.open, 'targetFlags', of), []);
      assert.equal(await getIScsiTargetInformation(TARGETS.open, 'persistentTargetMappings', of), null);
      assert.equal(await getIScsiTargetInformation(TARGETS.open, 'loginOptions', of), null);
      assert.equal(await getIScsiTargetInformation(TARGETS.open, 'initiatorName', of), 'ROOT\\ISCSIPRT\\0000_0');
      const groups = await getIScsiTargetInformation(TARGETS.open, 'portalGroups', of);
      const portals = await reportIScsiTargetPortals(TARGETS.open, options);
      assert.deepEqual(groups, [portals]);
      assert.deepEqual(
        portals.map(({ address }) => address),
        [PORTALS.first, PORTALS.second, PORTALS.slow],
      );
      const trimmed = { ...ask, discoveryMechanism: discoveryMechanism.trim() };
      const error = await errorOf(getIScsiTargetInformation(TARGETS.open, 'targetAlias', trimmed));
      assert.equal(error.code, 'ISDSC_DISCOVERY_MECHANISM_NOT_FOUND');
    });
    rule('portals can be asked for by their group', async options => {
      await addIScsiSendTargetPortal(PORTALS.first, options);
      assert.equal((await reportIScsiTargetPortals(TARGETS.open, { ...options, targetPortalTag: 1 })).length, 3);
      assert.deepEqual(await reportIScsiTargetPortals(TARGETS.open, { ...options, targetPortalTag: 2 }), []);
    });
    rule('nothing is known of a target that nobody has discovered', async options => {
      for (const call of [
        getIScsiTargetInformation(TARGETS.open, 'discoveryMechanisms', options),
        reportIScsiTargetPortals(TARGETS.open, options),
      ]) {
        assert.equal((await errorOf(call)).code, 'ISDSC_TARGET_NOT_FOUND');
      }
    });
  });
}
