import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  addIScsiStaticTarget,
  getIScsiTargetInformation,
  loginIScsiTarget,
  removeIScsiStaticTarget,
  reportIScsiTargetPortals,
  reportIScsiTargets,
  type TargetInformation,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { forBothForms, PORTALS, type Site, TARGETS } from './site.js';

/** What is stored with a target that is known in one way only. */
async function stored<InfoClass extends keyof TargetInformation>(
  infoClass: InfoClass,
  options: AsyncOptions,
): Promise<TargetInformation[InfoClass]> {
  const [discoveryMechanism] = await getIScsiTargetInformation(TARGETS.open, 'discoveryMechanisms', options);
  return await getIScsiTargetInformation(TARGETS.open, infoClass, { ...options, discoveryMechanism });
}

/** Rules about targets that somebody has entered. */
export function staticTargetsContract(open: () => Site, declare: Declare): void {
  forBothForms(open, declare, ({ rule }) => {
    rule('a static target is listed, with all that was given', async options => {
      const mappings = { osBusNumber: 1, osTargetNumber: 2, lunList: [{ osLun: 3, targetLun: '100' }] };
      await addIScsiStaticTarget(TARGETS.open, {
        ...options,
        targetAlias: 'Größe',
        mappings,
        loginOptions: { authType: 'chap', username: 'me', password: 'secret-secret' },
        portalGroup: [PORTALS.first, { address: 'fd00::10', socket: 860, symbolicName: 'six' }],
      });
      assert.deepEqual(await reportIScsiTargets(options), [TARGETS.open]);
      assert.equal(await stored('targetAlias', options), 'Größe');
      assert.deepEqual(await stored('persistentTargetMappings', options), mappings);
      assert.deepEqual(await stored('loginOptions', options), { loginFlags: [], authType: 'chap', username: 'me' });
      const portals = [
        { symbolicName: '', address: PORTALS.first, socket: 3260 },
        { symbolicName: 'six', address: 'fd00::10', socket: 860 },
      ];
      assert.deepEqual(await stored('portalGroups', options), [portals]);
      assert.deepEqual(await reportIScsiTargetPortals(TARGETS.open, options), portals);
    });
    rule('a static target replaces what is stored of it, or adds to it', async options => {
      await addIScsiStaticTarget(TARGETS.open, { ...options, targetAlias: 'one', portalGroup: [PORTALS.first] });
      await addIScsiStaticTarget(TARGETS.open, {
        ...options,
        targetFlags: ['mergeTargetInformation'],
        portalGroup: [PORTALS.second],
      });
      assert.equal(await stored('targetAlias', options), 'one');
      assert.deepEqual(
        (await reportIScsiTargetPortals(TARGETS.open, options)).map(({ address }) => address),
        [PORTALS.first, PORTALS.second],
      );
      await addIScsiStaticTarget(TARGETS.open, { ...options, portalGroup: [PORTALS.second] });
      assert.equal(await stored('targetAlias', options), '');
      assert.equal((await reportIScsiTargetPortals(TARGETS.open, options)).length, 1);
    });
    rule('a hidden static target is not listed', async options => {
      await addIScsiStaticTarget(TARGETS.open, { ...options, targetFlags: ['hideStaticTarget'] });
      assert.deepEqual(await reportIScsiTargets(options), []);
    });
    rule('a static target without a portal needs one at the login', async options => {
      await addIScsiStaticTarget(TARGETS.open, options);
      assert.equal((await errorOf(loginIScsiTarget(TARGETS.open, options))).code, 'ISDSC_NO_PORTAL_SPECIFIED');
      await loginIScsiTarget(TARGETS.open, { ...options, targetPortal: PORTALS.first });
    });
    rule('a static target is removed, and an unknown one cannot be', async options => {
      await addIScsiStaticTarget(TARGETS.open, options);
      await removeIScsiStaticTarget(TARGETS.open.toUpperCase(), options);
      assert.deepEqual(await reportIScsiTargets(options), []);
      assert.equal((await errorOf(removeIScsiStaticTarget(TARGETS.open, options))).code, 'ISDSC_TARGET_NOT_FOUND');
    });
    rule('a static target survives a restart if it is to', async (options, site) => {
      await addIScsiStaticTarget(TARGETS.open, options);
      await addIScsiStaticTarget(TARGETS.wide, { ...options, persist: true });
      site.restart();
      assert.deepEqual(await reportIScsiTargets(options), [TARGETS.wide]);
    });
  });
}
