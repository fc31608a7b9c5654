import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import { unsigned } from '../../codec/numbers.js';
import { Reply, Source } from '../../codec/source.js';
import { Struct } from '../../codec/struct.js';
import { callAsync, callSync } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';

/**
 * The version of the iSCSI initiator.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_version_info
 */
export interface VersionInfo {
  /** The major version of Windows, for example 10. */
  majorVersion: number;
  /** The minor version of Windows, for example 0. */
  minorVersion: number;
  /** The build, for example 20348. */
  buildNumber: number;
}

export const VERSION_INFO = new Struct<VersionInfo>('ISCSI_VERSION_INFO', 'VersionInfo', {
  majorVersion: unsigned('MajorVersion'),
  minorVersion: unsigned('MinorVersion'),
  buildNumber: unsigned('BuildNumber'),
});

/**
 * Returns the version of the iSCSI initiator. Rejects with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsiversioninformation
 */
export async function getIScsiVersionInformation(options?: AsyncOptions): Promise<VersionInfo> {
  return await callAsync(options, versionInformation);
}

/**
 * Returns the version of the iSCSI initiator. Blocks the thread. Throws the same errors as
 * `getIScsiVersionInformation`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsiversioninformation
 */
export function getIScsiVersionInformationSync(options?: SyncOptions): VersionInfo {
  return callSync(options, versionInformation);
}

export function* versionInformation({ library, form }: CheckedOptions): Procedure<VersionInfo> {
  const syscall = 'GetIScsiVersionInformation';
  const struct = VERSION_INFO.in(form);
  const bytes = Buffer.allocUnsafeSlow(struct.size).fill(0);
  yield* simpleCall(nativeCall(library, syscall, bytes));
  return struct.read(new Source(new Reply(bytes, syscall)), 0);
}
