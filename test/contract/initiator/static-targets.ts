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
import { forBothForms, type Sites } from './site.js';

/** Rules about targets that somebody has entered. */
export function staticTargetsContract(sites: Sites, declare: Declare): void {
  const { targets, portals: at } = sites;
  /** What is stored with a target that is known in one way only. */
  const stored = async <InfoClass extends keyof TargetInformation>(
    infoClass: InfoClass,
    options: AsyncOptions,
  ): Promise<TargetInformation[InfoClass]> => {
    const [discoveryMechanism] = await getIScsiTargetInformation(targets.open, 'discoveryMechanisms', options);
    return await getIScsiTargetInformation(targets.open, infoClass, { ...options, discoveryMechanism });
  };
  forBothForms(sites, declare, ({ rule }) => {
    rule('a static target is listed, with all that was given', async options => {
      const mappings = { osBusNumber: 1, osTargetNumber: 2, lunList: [{ osLun: 3, targetLun: '100' }] };
      await addIScsiStaticTarget(targets.open, {
        ...options,
        targetAlias: 'Größe',
        mappings,
        loginOptions: { authType: 'chap', username: 'me', password: 'secret-secret' },
        portalGroup: [at.first, { address: 'fd00::10', socket: 860, symbolicName: 'six' }],
      });
      assert.deepEqual(await reportIScsiTargets(options), [targets.open]);
      assert.equal(await stored('targetAlias', options), 'Größe');
      assert.deepEqual(await stored('persistentTargetMappings', options), mappings);
      assert.deepEqual(await stored('loginOptions', options), { loginFlags: [], authType: 'chap', username: 'me' });
      const portals = [
        { symbolicName: '', address: at.first, socket: 3260 },
        { symbolicName: 'six', address: 'fd00::10', socket: 860 },
      ];
      assert.deepEqual(await stored('portalGroups', options), [portals]);
      assert.deepEqual(await reportIScsiTargetPortals(targets.open, options), portals);
    });
    rule('a static target replaces what is stored of it, or adds to it', async options => {
      await addIScsiStaticTarget(targets.open, { ...options, targetAlias: 'one', portalGroup: [at.first] });
      await addIScsiStaticTarget(targets.open, {
        ...options,
        targetFlags: ['mergeTargetInformation'],
        portalGroup: [at.second],
      });
      assert.equal(await stored('targetAlias', options), 'one');
      assert.deepEqual(
        (await reportIScsiTargetPortals(targets.open, options)).map(({ address }) => address),
        [at.first, at.second],
      );
      await addIScsiStaticTarget(targets.open, { ...options, portalGroup: [at.second] });
      assert.equal(await stored('targetAlias', options), '');
      assert.equal((await reportIScsiTargetPortals(targets.open, options)).length, 1);
    });
    rule('a hidden static target is not listed', async options => {
      await addIScsiStaticTarget(targets.open, { ...options, targetFlags: ['hideStaticTarget'] });
      assert.deepEqual(await reportIScsiTargets(options), []);
    });
    rule('a static target without a portal needs one at the login', async options => {
      await addIScsiStaticTarget(targets.open, options);
      assert.equal((await errorOf(loginIScsiTarget(targets.open, options))).code, 'ISDSC_NO_PORTAL_SPECIFIED');
      await loginIScsiTarget(targets.open, { ...options, targetPortal: at.first });
    });
    rule('a static target is removed, and an unknown one cannot be', async options => {
      await addIScsiStaticTarget(targets.open, options);
      await removeIScsiStaticTarget(targets.open.toUpperCase(), options);
      assert.deepEqual(await reportIScsiTargets(options), []);
      assert.equal((await errorOf(removeIScsiStaticTarget(targets.open, options))).code, 'ISDSC_TARGET_NOT_FOUND');
    });
    rule('a static target survives a restart if it is to', async (options, site) => {
      await addIScsiStaticTarget(targets.open, options);
      await addIScsiStaticTarget(targets.wide, { ...options, persist: true });
      site.restart();
      assert.deepEqual(await reportIScsiTargets(options), [targets.wide]);
    });
  });
}
