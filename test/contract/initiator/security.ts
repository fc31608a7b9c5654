import assert from 'node:assert/strict';
import {
  addIScsiSendTargetPortal,
  getIScsiIKEInfo,
  getIScsiIKEInfoSync,
  getIScsiInitiatorNodeName,
  loginIScsiTarget,
  setIScsiGroupPresharedKey,
  setIScsiIKEInfo,
  setIScsiInitiatorCHAPSharedSecret,
  setIScsiInitiatorNodeName,
  setIScsiInitiatorRADIUSSharedSecret,
  setIScsiTunnelModeOuterAddress,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { forBothForms, type Sites } from './site.js';

const NAME = 'iqn.2003-01.org.example:another';

/** Rules about the secrets and the name of the machine. */
export function securityContract(sites: Sites, declare: Declare): void {
  const { targets, portals } = sites;
  forBothForms(sites, declare, ({ rule }) => {
    for (const secret of ['short', 'longer than 16 bytes']) {
      rule(`a secret of the machine has 12 to 16 bytes, not ${secret.length}`, async options => {
        const error = await errorOf(setIScsiInitiatorCHAPSharedSecret(secret, options));
        assert.equal(error.code, 'ISDSC_INVALID_INITIATOR_CHAP_SECRET');
        assert.ok(!`${error.stack}${JSON.stringify(error)}`.includes(secret));
      });
    }
    for (const length of [21, 27]) {
      rule(`a RADIUS secret has 22 to 26 bytes, not ${length}`, async options => {
        const error = await errorOf(setIScsiInitiatorRADIUSSharedSecret('x'.repeat(length), options));
        assert.equal(error.code, 'ERROR_INVALID_PARAMETER');
      });
    }
    rule('other keys are taken, and cleared by null', async options => {
      await setIScsiInitiatorRADIUSSharedSecret('a secret of 23 letters', options);
      await setIScsiInitiatorRADIUSSharedSecret(null, options);
      await setIScsiGroupPresharedKey(Uint8Array.of(0, 255), { ...options, persist: true });
      await setIScsiGroupPresharedKey(null, options);
      const tunnel = { destinationAddress: '10.0.0.10', outerModeAddress: '10.1.0.1' };
      await setIScsiTunnelModeOuterAddress(tunnel, { ...options, persist: true });
      await setIScsiTunnelModeOuterAddress({ ...tunnel, outerModeAddress: null }, options);
    });
    rule('an IPsec key is stored for an identity, and its flags are reported', async (options, site) => {
      const { library, charset } = options;
      const both = { library, charset };
      for (const [identity, same] of [
        [
          { idType: 'ipv4', id: '10.0.0.10' },
          { idType: 1, id: Uint8Array.of(10, 0, 0, 10) },
        ],
        [
          { idType: 'ipv6', id: 'fd00::10' },
          { idType: 'ipv6', id: 'fd00:0:0::0010' },
        ],
        [
          { idType: 'fqdn', id: 'host.example' },
          { idType: 'fqdn', id: Buffer.from('host.example') },
        ],
        [
          { idType: 'userFqdn', id: 'me@host.example' },
          { idType: 3, id: 'me@host.example' },
        ],
      ] as const) {
        assert.equal((await errorOf(getIScsiIKEInfo(identity, options))).code, 'ISDSC_NO_AUTH_INFO_AVAILABLE');
        const securityFlags = ['valid', 'pfsEnabled', 2 ** 40] as const;
        await setIScsiIKEInfo({ ...identity, securityFlags, key: 'a key' }, options);
        assert.deepEqual(await getIScsiIKEInfo(same, options), { securityFlags });
        assert.deepEqual(getIScsiIKEInfoSync(same, both), { securityFlags });
        await setIScsiIKEInfo({ ...identity, key: null }, options);
        assert.equal((await errorOf(getIScsiIKEInfo(same, options))).code, 'ISDSC_NO_AUTH_INFO_AVAILABLE');
        await setIScsiIKEInfo({ ...identity, key: 'a key' }, { ...options, persist: true });
        site.restart();
        assert.deepEqual(await getIScsiIKEInfo(same, options), { securityFlags: [] });
        await setIScsiIKEInfo({ ...identity, key: 'a key' }, options);
        site.restart();
        assert.equal((await errorOf(getIScsiIKEInfo(same, options))).code, 'ISDSC_NO_AUTH_INFO_AVAILABLE');
      }
    });
    rule('the node name is set, used from the next login on, and made the default by null', async (options, site) => {
      const [before] = [await getIScsiInitiatorNodeName(options)];
      site.change(network => ({
        ...network,
        targets: network.targets.filter(({ targetName }) => targetName === targets.closed),
      }));
      await addIScsiSendTargetPortal(portals.first, options);
      assert.equal((await errorOf(loginIScsiTarget(targets.closed, options))).code, 'ISDSC_AUTHORIZATION_FAILURE');
      await setIScsiInitiatorNodeName(NAME, options);
      assert.equal(await getIScsiInitiatorNodeName(options), NAME);
      await loginIScsiTarget(targets.closed, options);
      await setIScsiInitiatorNodeName(null, options);
      site.restart();
      assert.equal(await getIScsiInitiatorNodeName(options), before);
      assert.equal((await errorOf(loginIScsiTarget(targets.closed, options))).code, 'ISDSC_AUTHORIZATION_FAILURE');
    });
    rule('a node name must be one', async options => {
      assert.equal((await errorOf(setIScsiInitiatorNodeName('host', options))).code, 'ISDSC_INVALID_ISCSI_NAME');
    });
  });
}
