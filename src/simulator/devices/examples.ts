import type { DeviceOnSession } from '../../api/devices/device.js';
import type { SessionInfo } from '../../codec/session-list.js';

/** The HBA instance of Windows' own initiator. */
export const INITIATOR_INSTANCE = 'ROOT\\ISCSIPRT\\0000_0';

// MAX_ISCSI_NAME_LEN: no longer name fits into the structs of devices and mappings.
const LONGEST_NAME = 223;
const DISK_CLASS = '53f56307-b6bf-11d0-94f2-00a0c91efb8b';
const DISK_TYPE = 7;
const FIRST_INSTANCE = 0x800;

/** Returns disks for sessions by session id, `each` for every session, numbered from `\\.\PhysicalDrive1`. */
export function exampleDevices(sessions: readonly SessionInfo[], each = 1): Record<string, DeviceOnSession[]> {
  return Object.fromEntries(sessions.map((session, index) => [session.sessionId, disksOf(session, index, each)]));
}

/** The disks of the session with this index. */
export function disksOf(session: SessionInfo, index: number, each: number): DeviceOnSession[] {
  return Array.from({ length: each }, (_, lun) => disk(session, index, lun, index * each + lun + 1));
}

/** The target's name as far as a character array holds it. */
export function targetNameOf({ targetName }: SessionInfo): string {
  return (targetName ?? '').slice(0, LONGEST_NAME);
}

function disk(session: SessionInfo, targetId: number, lun: number, number: number): DeviceOnSession {
  return {
    initiatorName: INITIATOR_INSTANCE,
    targetName: targetNameOf(session),
    scsiAddress: { portNumber: 3, pathId: 0, targetId: targetId & 255, lun: lun & 255 },
    deviceInterfaceType: DISK_CLASS,
    deviceInterfaceName: `\\\\?\\scsi#disk&ven_example&prod_disk#${number}#{${DISK_CLASS}}`,
    legacyName: `\\\\.\\PhysicalDrive${number}`,
    storageDeviceNumber: { deviceType: DISK_TYPE, deviceNumber: number, partitionNumber: 0 },
    deviceInstance: FIRST_INSTANCE + number,
  };
}
