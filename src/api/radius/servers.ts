import { nativeCall, simpleCall } from '../../call/procedure.js';
import { MAX_RADIUS_ADDRESS_LEN } from '../../header/constants.js';
import { bothForms } from '../../native/types.js';
import { callAsync, callSync, withArguments } from '../call.js';
import type { AsyncOptions, SyncOptions } from '../options.js';
import { stringList } from '../string-list.js';

const ADD = bothForms('AddRadiusServer');
const REMOVE = bothForms('RemoveRadiusServer');
const LIST = bothForms('ReportRadiusServerList');

// The array ends with two NULs.
const LONGEST_ADDRESS = MAX_RADIUS_ADDRESS_LEN - 2;

/**
 * Adds a RADIUS server, a DNS name or an address of at most 39 characters, to those that make and check CHAP responses
 * for logins with `'useRadiusResponse'` and `'useRadiusVerification'`. Nothing is sent to it. Rejects with
 * `ERROR_INVALID_PARAMETER` for an invalid address, and with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-addradiusserverw
 */
export async function addRadiusServer(address: string, options?: AsyncOptions): Promise<void> {
  return await callServer(ADD, address, options);
}

/**
 * Forgets a RADIUS server. Rejects with the errors of `addRadiusServer`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-removeradiusserverw
 */
export async function removeRadiusServer(address: string, options?: AsyncOptions): Promise<void> {
  return await callServer(REMOVE, address, options);
}

/**
 * Returns the RADIUS servers of the initiator. Rejects with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportradiusserverlistw
 */
export async function reportRadiusServerList(options?: AsyncOptions): Promise<string[]> {
  return await callAsync(options, checked => stringList(checked, LIST));
}

/**
 * Returns the RADIUS servers of the initiator. Blocks the thread. Throws the same errors as `reportRadiusServerList`,
 * except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportradiusserverlistw
 */
export function reportRadiusServerListSync(options?: SyncOptions): string[] {
  return callSync(options, checked => stringList(checked, LIST));
}

async function callServer(
  syscalls: typeof ADD | typeof REMOVE,
  address: string,
  options: AsyncOptions | undefined,
): Promise<void> {
  return await callAsync(options, checked =>
    withArguments(checked, memory =>
      simpleCall(nativeCall(checked.library, syscalls[checked.form], memory.name('address', address, LONGEST_ADDRESS))),
    ),
  );
}
