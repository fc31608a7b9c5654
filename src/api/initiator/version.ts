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
  /** As Windows counts itself, 10 for instance. */
  majorVersion: number;
  /** What comes behind the dot. */
  minorVersion: number;
  /** The build, 20348 for instance. */
  buildNumber: number;
}

export const VERSION_INFO = new Struct<VersionInfo>('ISCSI_VERSION_INFO', 'VersionInfo', {
  majorVersion: unsigned('MajorVersion'),
  minorVersion: unsigned('MinorVersion'),
  buildNumber: unsigned('BuildNumber'),
});

/**
 * The version of the iSCSI initiator. Rejects as `getIScsiSessionList` does.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsiversioninformation
 */
export async function getIScsiVersionInformation(options?: AsyncOptions): Promise<VersionInfo> {
  return await callAsync(options, versionInformation);
}

/**
 * The version of the iSCSI initiator. Blocks the thread. Throws what `getIScsiVersionInformation` rejects with.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsiversioninformation
 */
export function getIScsiVersionInformationSync(options?: SyncOptions): VersionInfo {
  return callSync(options, versionInformation);
}

function* versionInformation({ library, form }: CheckedOptions): Procedure<VersionInfo> {
  const syscall = 'GetIScsiVersionInformation';
  const struct = VERSION_INFO.in(form);
  const bytes = Buffer.allocUnsafeSlow(struct.size).fill(0);
  yield* simpleCall(nativeCall(library, syscall, bytes));
  return struct.read(new Source(new Reply(bytes, syscall)), 0);
}
