import type { DeviceOnSession } from '../../api/devices/device.js';
import type { SessionInfo } from '../../codec/session-list.js';

/** The number of the initiator's port. */
export const SCSI_PORT = 3;

/** The HBA instance of Windows' own initiator. */
export const INITIATOR_INSTANCE = 'ROOT\\ISCSIPRT\\0000_0';

// MAX_ISCSI_NAME_LEN: no longer name fits into the structs of devices and mappings.
const LONGEST_NAME = 223;
const DISK_CLASS = '53f56307-b6bf-11d0-94f2-00a0c91efb8b';
const LONGEST_PATH = 259;
const DISK_TYPE = 7;
const FIRST_INSTANCE = 0x800;

/** Returns disks for sessions by session id, `each` for every session, numbered from `\\.\PhysicalDrive1`. */
export function exampleDevices(sessions: readonly SessionInfo[], each = 1): Record<string, DeviceOnSession[]> {
  return Object.fromEntries(
    sessions.map((session, index) => [
      session.sessionId,
      Array.from({ length: each }, (_, lun) =>
        diskOf(session, { targetId: index, lun, number: index * each + lun + 1 }),
      ),
    ]),
  );
}

/** A disk of a session, and where Windows has it. */
export interface Disk {
  /** The number of the session's target on the bus. */
  readonly targetId: number;
  readonly lun: number;
  /** That of `\\.\PhysicalDriveN`. */
  readonly number: number;
  readonly vendor?: string | undefined;
  readonly product?: string | undefined;
  /** MPIO has made one disk of several sessions' disks. */
  readonly isMultipath?: boolean;
}

/** The target's name as far as a character array holds it. */
export function targetNameOf({ targetName }: SessionInfo): string {
  return (targetName ?? '').slice(0, LONGEST_NAME);
}

/** The device of a disk. */
export function diskOf(session: SessionInfo, disk: Disk): DeviceOnSession {
  const { targetId, lun, number, vendor = 'example', product = 'disk', isMultipath = false } = disk;
  const bus = isMultipath ? 'mpio' : 'scsi';
  return {
    initiatorName: INITIATOR_INSTANCE,
    targetName: targetNameOf(session),
    scsiAddress: { portNumber: SCSI_PORT, pathId: 0, targetId: targetId & 255, lun: lun & 255 },
    deviceInterfaceType: DISK_CLASS,
    deviceInterfaceName: `\\\\?\\${bus}#disk&ven_${vendor}&prod_${product}#${number}#{${DISK_CLASS}}`.slice(
      0,
      LONGEST_PATH,
    ),
    legacyName: `\\\\.\\PhysicalDrive${number}`,
    storageDeviceNumber: { deviceType: DISK_TYPE, deviceNumber: number, partitionNumber: 0 },
    deviceInstance: FIRST_INSTANCE + number,
  };
}
