import { layoutOf } from './layout.js';

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

/** Memory for an ISCSI_VERSION_INFO. */
export function versionInfoBytes(): Buffer {
  return Buffer.allocUnsafeSlow(layoutOf('ISCSI_VERSION_INFO').size).fill(0);
}

export function readVersionInfo(bytes: Buffer): VersionInfo {
  const { at } = layoutOf('ISCSI_VERSION_INFO');
  return {
    majorVersion: bytes.readUInt32LE(at.MajorVersion),
    minorVersion: bytes.readUInt32LE(at.MinorVersion),
    buildNumber: bytes.readUInt32LE(at.BuildNumber),
  };
}
