import assert from 'node:assert/strict';
import {
  addIScsiSendTargetPortal,
  getIScsiSessionListEx,
  loginIScsiTarget,
  setIScsiInitiatorCHAPSharedSecret,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare } from '../subject.js';
import { forBothForms, type Sites } from './site.js';

/** Rules about targets that prove themselves. */
export function mutualChapContract(sites: Sites, declare: Declare): void {
  const { targets, portals, chap } = sites;
  const loginOptions = { authType: 'mutualChap', username: chap.username, password: chap.secret } as const;
  forBothForms(sites, declare, ({ rule }) => {
    rule('mutual CHAP has the target prove itself by the secret of the machine', async options => {
      await addIScsiSendTargetPortal(portals.first, options);
      const login = () => loginIScsiTarget(targets.mutual, { ...options, loginOptions });
      assert.equal((await errorOf(login())).code, 'ISDSC_INVALID_INITIATOR_CHAP_SECRET');
      await setIScsiInitiatorCHAPSharedSecret('not-that-secret', options);
      assert.equal((await errorOf(login())).code, 'ISDSC_AUTHENTICATION_FAILURE');
      await setIScsiInitiatorCHAPSharedSecret(chap.secret, options);
      assert.equal((await errorOf(login())).code, 'ISDSC_INVALID_CHAP_SECRET');
      await setIScsiInitiatorCHAPSharedSecret(Buffer.from(chap.mutualSecret), options);
      await login();
      assert.equal((await getIScsiSessionListEx(options))[0]?.connections[0]?.authType, 'mutualChap');
      await setIScsiInitiatorCHAPSharedSecret(null, options);
      const again = loginIScsiTarget(targets.mutual, {
        ...options,
        loginOptions: { ...loginOptions, loginFlags: ['multipathEnabled'] },
      });
      assert.equal((await errorOf(again)).code, 'ISDSC_INVALID_INITIATOR_CHAP_SECRET');
    });
    rule(
      'the secret of the machine is still there after a restart',
      async (options, site) => {
        await addIScsiSendTargetPortal(portals.first, options);
        await setIScsiInitiatorCHAPSharedSecret(chap.mutualSecret, options);
        site.restart();
        await loginIScsiTarget(targets.mutual, { ...options, loginOptions });
      },
      ['restart'],
    );
    rule('a target that cannot prove itself is refused', async options => {
      await addIScsiSendTargetPortal(portals.first, options);
      await setIScsiInitiatorCHAPSharedSecret(chap.mutualSecret, options);
      const login = loginIScsiTarget(targets.chap, { ...options, loginOptions });
      assert.equal((await errorOf(login)).code, 'ISDSC_AUTHENTICATION_FAILURE');
    });
  });
}
