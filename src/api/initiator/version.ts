import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import { readVersionInfo, type VersionInfo, versionInfoBytes } from '../../codec/version-info.js';
import { callAsync, callSync } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';

/**
 * The version of the iSCSI initiator. Rejects as `getIScsiSessionList` does.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsiversioninformation
 */
export async function getIScsiVersionInformation(options?: AsyncOptions): Promise<VersionInfo> {
  return callAsync(options, versionInformation);
}

/**
 * The version of the iSCSI initiator. Blocks the thread. Throws what `getIScsiVersionInformation` rejects with.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsiversioninformation
 */
export function getIScsiVersionInformationSync(options?: SyncOptions): VersionInfo {
  return callSync(options, versionInformation);
}

function* versionInformation({ library }: CheckedOptions): Procedure<VersionInfo> {
  const bytes = versionInfoBytes();
  yield* simpleCall(nativeCall(library, 'GetIScsiVersionInformation', bytes));
  return readVersionInfo(bytes);
}
