import { BOOLEAN, type Check } from '../../arguments.js';
import { nativeCall, simpleCall } from '../../call/procedure.js';
import type { Octets } from '../../codec/fields.js';
import { callAsync, callAsyncWith, withArguments } from '../call.js';
import type { AsyncOptions, CheckedOptions } from '../options.js';

/**
 * Sets the secret by which targets prove themselves to this machine in mutual CHAP; null clears it. There is one for all
 * targets, of 12 to 16 bytes, and it must not be the secret by which this machine proves itself. It cannot be read back.
 * Rejects with `ISDSC_INVALID_INITIATOR_CHAP_SECRET` or `ISDSC_INVALID_CHAP_SECRET` for one that Windows does not take,
 * and with the errors of `getIScsiSessionList`. `onWarning` is called with `ISDSC_SHORT_CHAP_SECRET` for a short one.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-setiscsiinitiatorchapsharedsecret
 */
export async function setIScsiInitiatorCHAPSharedSecret(secret: Octets | null, options?: AsyncOptions): Promise<void> {
  return await callAsync(options, checked => secretCall(checked, 'SetIScsiInitiatorCHAPSharedSecret', secret));
}

/**
 * Sets the secret that this machine shares with its RADIUS servers, of 22 to 26 bytes; null clears it. It cannot be read
 * back. Rejects with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-setiscsiinitiatorradiussharedsecret
 */
export async function setIScsiInitiatorRADIUSSharedSecret(
  secret: Octets | null,
  options?: AsyncOptions,
): Promise<void> {
  return await callAsync(options, checked => secretCall(checked, 'SetIScsiInitiatorRADIUSSharedSecret', secret));
}

/** Whether what is set is kept. */
export interface Persist {
  /** Keeps it when the service restarts. Defaults to false. */
  readonly persist?: boolean | undefined;
}

export const PERSIST_CHECKS: Readonly<Record<keyof Persist, Check>> = {
  persist: BOOLEAN,
};

/**
 * Sets the IPsec key that is used with all targets that have none of their own; null clears it. The bytes are passed as
 * they are: where other programs count a NUL at the end of the key, write it into the key. Rejects with
 * `ISDSC_IPSEC_NOT_SUPPORTED_ON_OS` if this Windows has no IPsec for iSCSI, and with the errors of
 * `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-setiscsigrouppresharedkey
 */
export async function setIScsiGroupPresharedKey(key: Octets | null, options?: AsyncOptions & Persist): Promise<void> {
  return await callAsyncWith<AsyncOptions & Persist, void>(options, PERSIST_CHECKS, (checked, { persist = false }) =>
    withArguments(checked, memory => {
      const { length, bytes } = memory.secretOrNull('key', key);
      return simpleCall(nativeCall(checked.library, 'SetIScsiGroupPresharedKey', length, bytes, persist ? 1 : 0));
    }),
  );
}

function secretCall(
  checked: CheckedOptions,
  syscall: 'SetIScsiInitiatorCHAPSharedSecret' | 'SetIScsiInitiatorRADIUSSharedSecret',
  secret: Octets | null,
) {
  return withArguments(checked, memory => {
    const { length, bytes } = memory.secretOrNull('secret', secret);
    return simpleCall(nativeCall(checked.library, syscall, length, bytes));
  });
}
