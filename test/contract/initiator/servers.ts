import assert from 'node:assert/strict';
import {
  addIScsiSendTargetPortal,
  addISNSServer,
  addPersistentIScsiDevice,
  addRadiusServer,
  clearPersistentIScsiDevices,
  getIScsiTargetInformation,
  loginIScsiTarget,
  refreshISNSServer,
  removeISNSServer,
  removePersistentIScsiDevice,
  removeRadiusServer,
  reportIScsiTargets,
  reportISNSServerList,
  reportPersistentIScsiDevices,
  reportRadiusServerList,
  setupPersistentIScsiDevices,
  setupPersistentIScsiVolumes,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { ISNS } from './simulated-site.js';
import { forBothForms, type Sites } from './site.js';

/** Rules about iSNS and RADIUS servers, and about devices that the service waits for. */
export function serversContract(sites: Sites, declare: Declare): void {
  const { targets, portals } = sites;
  forBothForms(sites, declare, ({ rule }) => {
    rule('an iSNS server that is added tells of its targets', async (options, site) => {
      await addISNSServer(ISNS, options);
      assert.deepEqual(await reportISNSServerList(options), [ISNS]);
      assert.deepEqual(await reportIScsiTargets(options), [targets.open]);
      const [mechanism] = await getIScsiTargetInformation(targets.open, 'discoveryMechanisms', options);
      assert.match(mechanism ?? '', /^iSNS:/);
      site.change(network => ({
        ...network,
        isnsServers: [{ address: ISNS, targets: [targets.open, targets.wide] }],
      }));
      assert.deepEqual(await reportIScsiTargets(options), [targets.open]);
      await refreshISNSServer(null, options);
      assert.deepEqual(await reportIScsiTargets(options), [targets.open, targets.wide]);
      await refreshISNSServer(ISNS, options);
      await removeISNSServer(ISNS, options);
      assert.deepEqual(await reportISNSServerList(options), []);
      assert.deepEqual(await reportIScsiTargets(options), [targets.open, targets.wide]);
      assert.deepEqual(await reportIScsiTargets({ ...options, forceUpdate: true }), []);
    });
    rule('an iSNS server that nobody has added cannot be refreshed or removed', async options => {
      for (const change of [refreshISNSServer, removeISNSServer]) {
        assert.equal((await errorOf(change(ISNS, options))).code, 'ISDSC_ISNS_SERVER_NOT_FOUND');
      }
    });
    rule('a server must have a name', async options => {
      for (const call of [
        addISNSServer(' ', options),
        addRadiusServer(' ', options),
        addRadiusServer('a b', options),
      ]) {
        assert.equal((await errorOf(call)).code, 'ERROR_INVALID_PARAMETER');
      }
      assert.deepEqual([await reportISNSServerList(options), await reportRadiusServerList(options)], [[], []]);
    });
    rule('a RADIUS server is the same one in upper case, and in another notation', async options => {
      for (const server of ['radius.example', 'RADIUS.example', 'fd00::9', 'FD00:0::9']) {
        await addRadiusServer(server, options);
      }
      assert.deepEqual(await reportRadiusServerList(options), ['radius.example', 'fd00::9']);
      await removeRadiusServer('Radius.Example', options);
      assert.deepEqual(await reportRadiusServerList(options), ['fd00::9']);
    });
    rule('RADIUS servers are listed, without being asked', async options => {
      await addRadiusServer('10.0.0.1', options);
      await addRadiusServer('radius.example', options);
      assert.deepEqual(await reportRadiusServerList(options), ['10.0.0.1', 'radius.example']);
      await removeRadiusServer('10.0.0.1', options);
      assert.deepEqual(await reportRadiusServerList(options), ['radius.example']);
      assert.equal((await errorOf(removeRadiusServer('10.0.0.1', options))).code, 'ERROR_INVALID_PARAMETER');
    });
    rule('devices of targets that are logged in persistently can be bound', async (options, site) => {
      await addIScsiSendTargetPortal(portals.first, options);
      await loginIScsiTarget(targets.open, options);
      const bind = () => addPersistentIScsiDevice('E:', options);
      assert.equal((await errorOf(bind())).code, 'ISDSC_DEVICE_NOT_ISCSI_OR_PERSISTENT');
      await loginIScsiTarget(targets.open, { ...options, isPersistent: true });
      await bind();
      assert.equal((await errorOf(bind())).code, 'ISDSC_DEVICE_ALREADY_PERSISTENTLY_BOUND');
      assert.deepEqual(await reportPersistentIScsiDevices(options), ['E:']);
      await removePersistentIScsiDevice('E:', options);
      assert.equal((await errorOf(removePersistentIScsiDevice('E:', options))).code, 'ISDSC_DEVICE_NOT_FOUND');
      for (const setup of [setupPersistentIScsiDevices, setupPersistentIScsiVolumes]) {
        await setup(options);
        assert.deepEqual(await reportPersistentIScsiDevices(options), ['E:\\', 'F:\\']);
        site.restart();
        assert.equal((await reportPersistentIScsiDevices(options)).length, 2);
        await clearPersistentIScsiDevices(options);
        assert.deepEqual(await reportPersistentIScsiDevices(options), []);
      }
    });
  });
}
