import { nativeCall, simpleCall } from '../../call/procedure.js';
import { bothForms } from '../../native/types.js';
import { callAsync, callSync, withArguments } from '../call.js';
import type { AsyncOptions, SyncOptions } from '../options.js';
import { stringList } from '../string-list.js';

const ADD = bothForms('AddPersistentIScsiDevice');
const REMOVE = bothForms('RemovePersistentIScsiDevice');
const LIST = bothForms('ReportPersistentIScsiDevices');

// The longest path that Windows has. A mount point can be longer than MAX_PATH.
const LONGEST_PATH = 32767;

/**
 * Makes the list of persistent devices anew, of the devices of all targets that are connected. When it starts, the
 * service waits for the devices of this list, so that services which depend on MSiSCSI find their disks. Log in
 * persistently first. Rejects with `ISDSC_DEVICE_NOT_ISCSI_OR_PERSISTENT`, and with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-setuppersistentiscsidevices
 */
export async function setupPersistentIScsiDevices(options?: AsyncOptions): Promise<void> {
  return await callAsync(options, ({ library }) => simpleCall(nativeCall(library, 'SetupPersistentIScsiDevices')));
}

/**
 * The same as `setupPersistentIScsiDevices`: the two exports have one address in the DLL. Rejects with the same errors.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-setuppersistentiscsivolumes
 */
export async function setupPersistentIScsiVolumes(options?: AsyncOptions): Promise<void> {
  return await callAsync(options, ({ library }) => simpleCall(nativeCall(library, 'SetupPersistentIScsiVolumes')));
}

/**
 * Adds a volume to the persistent devices, by its device name, a drive letter or a mount point. Rejects with
 * `ISDSC_DEVICE_NOT_ISCSI_OR_PERSISTENT` if it is on no iSCSI disk, or on one whose login is not persistent, with
 * `ISDSC_DEVICE_ALREADY_PERSISTENTLY_BOUND`, and with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-addpersistentiscsidevicew
 */
export async function addPersistentIScsiDevice(devicePath: string, options?: AsyncOptions): Promise<void> {
  return await callDevice(ADD, devicePath, options);
}

/**
 * Removes a volume from the persistent devices. Rejects with `ISDSC_DEVICE_NOT_FOUND` if it is not among them, and with
 * the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-removepersistentiscsidevicew
 */
export async function removePersistentIScsiDevice(devicePath: string, options?: AsyncOptions): Promise<void> {
  return await callDevice(REMOVE, devicePath, options);
}

/**
 * Removes all persistent devices. Rejects with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-clearpersistentiscsidevices
 */
export async function clearPersistentIScsiDevices(options?: AsyncOptions): Promise<void> {
  return await callAsync(options, ({ library }) => simpleCall(nativeCall(library, 'ClearPersistentIScsiDevices')));
}

/**
 * Returns the persistent devices. Rejects with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportpersistentiscsidevicesw
 */
export async function reportPersistentIScsiDevices(options?: AsyncOptions): Promise<string[]> {
  return await callAsync(options, checked => stringList(checked, LIST));
}

/**
 * Returns the persistent devices. Blocks the thread. Throws the same errors as `reportPersistentIScsiDevices`, except
 * `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportpersistentiscsidevicesw
 */
export function reportPersistentIScsiDevicesSync(options?: SyncOptions): string[] {
  return callSync(options, checked => stringList(checked, LIST));
}

async function callDevice(
  syscalls: typeof ADD | typeof REMOVE,
  devicePath: string,
  options: AsyncOptions | undefined,
): Promise<void> {
  return await callAsync(options, checked =>
    withArguments(checked, memory =>
      simpleCall(
        nativeCall(checked.library, syscalls[checked.form], memory.name('devicePath', devicePath, LONGEST_PATH)),
      ),
    ),
  );
}
