import { nativeCall, simpleCall } from '../../call/procedure.js';
import { bothForms } from '../../native/types.js';
import { callAsync, callSync, withArguments } from '../call.js';
import type { AsyncOptions, SyncOptions } from '../options.js';
import { stringList } from '../string-list.js';

const ADD = bothForms('AddISNSServer');
const REMOVE = bothForms('RemoveISNSServer');
const REFRESH = bothForms('RefreshISNSServer');
const LIST = bothForms('ReportISNSServerList');

const LONGEST_ADDRESS = 255;

/**
 * Registers an iSNS server, a DNS name or an address, and asks it for targets. Rejects with a status of Windows Sockets
 * such as `WSAETIMEDOUT` if it does not answer, `ERROR_INVALID_PARAMETER` for an invalid name,
 * `ISDSC_ISNS_FIREWALL_BLOCKED` if the firewall stops it, and with the errors of `getIScsiSessionList`. Can take a minute.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-addisnsserverw
 */
export async function addISNSServer(address: string, options?: AsyncOptions): Promise<void> {
  return await callServer(ADD, address, options);
}

/**
 * Forgets an iSNS server. The targets that it told of stay. Rejects with `ISDSC_ISNS_SERVER_NOT_FOUND` if it is not
 * registered, and with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-removeisnsserverw
 */
export async function removeISNSServer(address: string, options?: AsyncOptions): Promise<void> {
  return await callServer(REMOVE, address, options);
}

/**
 * Asks an iSNS server for its targets again, or all of them for null. Rejects with `ISDSC_ISNS_SERVER_NOT_FOUND` if it is
 * not registered, and with the errors of `addISNSServer`. Can take a minute.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-refreshisnsserverw
 */
export async function refreshISNSServer(address: string | null, options?: AsyncOptions): Promise<void> {
  return await callServer(REFRESH, address, options);
}

/**
 * Returns the iSNS servers that Windows asks for targets. Rejects with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportisnsserverlistw
 */
export async function reportISNSServerList(options?: AsyncOptions): Promise<string[]> {
  return await callAsync(options, checked => stringList(checked, LIST));
}

/**
 * Returns the iSNS servers that Windows asks for targets. Blocks the thread. Throws the same errors as
 * `reportISNSServerList`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportisnsserverlistw
 */
export function reportISNSServerListSync(options?: SyncOptions): string[] {
  return callSync(options, checked => stringList(checked, LIST));
}

async function callServer(
  syscalls: typeof ADD | typeof REMOVE | typeof REFRESH,
  address: string | null,
  options: AsyncOptions | undefined,
): Promise<void> {
  return await callAsync(options, checked =>
    withArguments(checked, memory => {
      const isAll = syscalls === REFRESH && address === null;
      const text = isAll ? null : memory.name('address', address, LONGEST_ADDRESS);
      return simpleCall(nativeCall(checked.library, syscalls[checked.form], text));
    }),
  );
}
