import assert from 'node:assert/strict';
import {
  addIScsiSendTargetPortal,
  getIScsiTargetInformation,
  refreshIScsiSendTargetPortal,
  removeIScsiSendTargetPortal,
  reportIScsiInitiatorList,
  reportIScsiSendTargetPortals,
  reportIScsiSendTargetPortalsEx,
  reportIScsiTargetPortals,
  reportIScsiTargets,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { forBothForms, type Sites } from './site.js';

const QUIET = { onWarning: () => {} };

/** Rules about portals, and the targets that they tell of. */
export function portalsContract(sites: Sites, declare: Declare): void {
  const { targets, portals: at, dead, chap, told } = sites;
  forBothForms(sites, declare, ({ rule }) => {
    rule('a portal that is added tells of its targets', async options => {
      assert.deepEqual(await reportIScsiTargets(options), []);
      await addIScsiSendTargetPortal(at.first, options);
      assert.deepEqual((await reportIScsiTargets(options)).sort(), [...told].sort());
      const [portal] = await reportIScsiSendTargetPortals(options);
      assert.deepEqual(portal, {
        initiatorName: '',
        initiatorPortNumber: 0xffffffff,
        symbolicName: '',
        address: at.first,
        socket: 3260,
      });
    });
    rule(
      'a portal is reported with what it was added with, but for the password',
      async options => {
        const loginOptions = {
          loginFlags: ['multipathEnabled'],
          authType: 'chap',
          headerDigest: 'crc32c',
          maximumConnections: 3,
          username: chap.username,
          password: chap.secret,
        } as const;
        const portal = { address: at.guarded, socket: 3260, symbolicName: 'grün' };
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
      },
      ['guardedPortal', 'simulator'],
    );
    rule('a portal is reported with its login options', async options => {
      const loginOptions = { loginFlags: ['multipathEnabled'], headerDigest: 'none', maximumConnections: 3 } as const;
      const portal = { address: at.first, socket: 3260, symbolicName: 'first' };
      await addIScsiSendTargetPortal(portal, { ...options, loginOptions });
      const [{ securityFlags, ...reported } = { securityFlags: [] }] = await reportIScsiSendTargetPortalsEx(options);
      assert.deepEqual(reported, { initiatorName: '', initiatorPortNumber: 0xffffffff, ...portal, loginOptions });
      assert.deepEqual(securityFlags, []);
    });
    rule('a portal that does not answer stays registered, and the error says so', async options => {
      const error = await errorOf(addIScsiSendTargetPortal(dead, options));
      assert.deepEqual([error.code, error.portalRegistered], ['ISDSC_CONNECTION_FAILED', true]);
      const [portal] = await reportIScsiSendTargetPortals(options);
      assert.deepEqual([portal?.address, portal?.socket], [dead.address, dead.socket]);
      await removeIScsiSendTargetPortal(dead, options);
      assert.deepEqual(await reportIScsiSendTargetPortals(options), []);
    });
    rule('with rollback a portal that does not answer is removed again', async options => {
      const error = await errorOf(addIScsiSendTargetPortal(dead, { ...options, rollback: true }));
      assert.deepEqual([error.code, error.portalRegistered], ['ISDSC_CONNECTION_FAILED', false]);
      assert.deepEqual(await reportIScsiSendTargetPortals(options), []);
    });
    rule('rollback leaves a portal that was registered before', async options => {
      await errorOf(addIScsiSendTargetPortal(dead, options));
      const error = await errorOf(addIScsiSendTargetPortal(dead, { ...options, rollback: true }));
      assert.equal(error.portalRegistered, true);
      assert.equal((await reportIScsiSendTargetPortals(options)).length, 1);
    });
    for (const [which, address, needs] of [
      ['has no CHAP', at.first, []],
      ['refuses the secret', at.guarded, ['guardedPortal']],
    ] as const) {
      rule(
        `a portal that ${which} stays registered, and tells nothing`,
        async options => {
          const loginOptions = { authType: 'chap', username: 'somebody', password: 'somebody-else' } as const;
          const error = await errorOf(addIScsiSendTargetPortal(address, { ...options, loginOptions }));
          assert.deepEqual([error.code, error.portalRegistered], ['ISDSC_AUTHENTICATION_FAILURE', true]);
          assert.deepEqual(await reportIScsiTargets(options), []);
        },
        needs,
      );
    }
    rule('a portal that nobody has added cannot be removed or refreshed', async options => {
      for (const change of [removeIScsiSendTargetPortal, refreshIScsiSendTargetPortal]) {
        assert.equal((await errorOf(change(at.first, options))).code, 'ISDSC_PORTAL_NOT_FOUND');
      }
    });
    rule(
      'a portal of one initiator can be named by it alone',
      async options => {
        const initiator = { initiatorInstance: 'ROOT\\ISCSIPRT\\0000_0', initiatorPortNumber: 2 };
        await addIScsiSendTargetPortal(at.first, { ...options, ...initiator });
        assert.equal((await errorOf(removeIScsiSendTargetPortal(at.first, options))).code, 'ISDSC_PORTAL_NOT_FOUND');
        await removeIScsiSendTargetPortal(at.first, { ...options, ...initiator });
        assert.deepEqual(await reportIScsiSendTargetPortals(options), []);
      },
      ['simulator'],
    );
    rule('a portal can be refreshed, added again and removed as it was reported', async options => {
      await addIScsiSendTargetPortal(at.first, options);
      const [portal] = await reportIScsiSendTargetPortals(options);
      const [more] = await reportIScsiSendTargetPortalsEx(options);
      assert.ok(portal && more);
      await refreshIScsiSendTargetPortal(portal, options);
      await addIScsiSendTargetPortal(more, options);
      await removeIScsiSendTargetPortal(more, options);
      assert.deepEqual(await reportIScsiSendTargetPortals(options), []);
    });
    rule('targets of a portal that was removed stay until the list is refreshed', async options => {
      await addIScsiSendTargetPortal(at.first, options);
      await removeIScsiSendTargetPortal(at.first, options);
      assert.ok((await reportIScsiTargets(options)).includes(targets.open));
      assert.deepEqual(await reportIScsiTargets({ ...options, forceUpdate: true }), []);
    });
    rule(
      'a new target is not seen before the portal is asked again',
      async (options, site) => {
        await addIScsiSendTargetPortal(at.first, options);
        const targetName = 'iqn.2003-01.org.example:new';
        site.change(({ targets: all, ...more }) => ({
          ...more,
          targets: [...all, { targetName, portalGroups: [[at.first]] }],
        }));
        assert.ok(!(await reportIScsiTargets(options)).includes(targetName));
        assert.ok((await reportIScsiTargets({ ...options, forceUpdate: true })).includes(targetName));
      },
      ['change'],
    );
    rule('a portal that does not answer makes an update a warning', async options => {
      await addIScsiSendTargetPortal(at.first, options);
      await errorOf(addIScsiSendTargetPortal(dead, options));
      const codes: string[] = [];
      const targets = await reportIScsiTargets({
        ...options,
        forceUpdate: true,
        onWarning: ({ code }) => codes.push(code),
      });
      assert.equal(targets.length, told.length);
      assert.deepEqual(codes, ['ISDSC_OPERATION_NOT_ALL_SUCCESS']);
    });
    rule('what is known of a target is asked by the way in which it was found', async options => {
      await addIScsiSendTargetPortal(at.first, options);
      const ask = { ...options, ...QUIET };
      const mechanisms = await getIScsiTargetInformation(targets.open, 'discoveryMechanisms', ask);
      assert.equal(mechanisms.length, 1);
      const [discoveryMechanism = ''] = mechanisms;
      assert.match(discoveryMechanism, /^SendTargets:\*.* $/);
      assert.ok(discoveryMechanism.startsWith(`SendTargets:*${at.first} 0003260 `));
      const of = { ...ask, discoveryMechanism };
      assert.equal(await getIScsiTargetInformation(targets.open, 'protocolType', of), 'tcp');
      assert.equal(typeof (await getIScsiTargetInformation(targets.open, 'targetAlias', of)), 'string');
      assert.deepEqual(await getIScsiTargetInformation(targets.open, 'targetFlags', of), []);
      assert.equal(await getIScsiTargetInformation(targets.open, 'persistentTargetMappings', of), null);
      assert.equal(await getIScsiTargetInformation(targets.open, 'loginOptions', of), null);
      const instance = await getIScsiTargetInformation(targets.open, 'initiatorName', of);
      assert.ok((await reportIScsiInitiatorList(options)).some(each => each.toLowerCase() === instance.toLowerCase()));
      const groups = await getIScsiTargetInformation(targets.open, 'portalGroups', of);
      const known = await reportIScsiTargetPortals(targets.open, options);
      assert.deepEqual(groups.flat(), known);
      assert.ok(known.some(({ address }) => address === at.first));
      const trimmed = { ...ask, discoveryMechanism: discoveryMechanism.trim() };
      const error = await errorOf(getIScsiTargetInformation(targets.open, 'targetAlias', trimmed));
      assert.equal(error.code, 'ISDSC_DISCOVERY_MECHANISM_NOT_FOUND');
    });
    rule('portals can be asked for by their group', async options => {
      await addIScsiSendTargetPortal(at.first, options);
      const all = await reportIScsiTargetPortals(targets.open, options);
      assert.deepEqual(await reportIScsiTargetPortals(targets.open, { ...options, targetPortalTag: 1 }), all);
      assert.deepEqual(await reportIScsiTargetPortals(targets.open, { ...options, targetPortalTag: 2 }), []);
    });
    rule('nothing is known of a target that nobody has discovered', async options => {
      for (const call of [
        getIScsiTargetInformation(targets.open, 'discoveryMechanisms', options),
        reportIScsiTargetPortals(targets.open, options),
      ]) {
        assert.equal((await errorOf(call)).code, 'ISDSC_TARGET_NOT_FOUND');
      }
    });
  });
}
