import { layoutOf } from './layout.js';

/** The version of the iSCSI initiator. */
export interface VersionInfo {
  majorVersion: number;
  minorVersion: number;
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
