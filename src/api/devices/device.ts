import { nested, text } from '../../codec/fields.js';
import { guid, unsigned } from '../../codec/numbers.js';
import { Struct } from '../../codec/struct.js';

/**
 * Where a device is on the SCSI port of the initiator.
 *
 * https://learn.microsoft.com/windows-hardware/drivers/ddi/ntddscsi/ns-ntddscsi-_scsi_address
 */
export interface ScsiAddress {
  /** The number of the initiator's adapter. */
  portNumber: number;
  /** The bus. */
  pathId: number;
  /** The number that Windows assigned to the target on that bus. */
  targetId: number;
  /** The number that Windows assigned to the device of that target. */
  lun: number;
}

/**
 * The number of a storage device, as `IOCTL_STORAGE_GET_DEVICE_NUMBER` returns it.
 *
 * https://learn.microsoft.com/windows/win32/api/winioctl/ns-winioctl-storage_device_number
 */
export interface StorageDeviceNumber {
  /** 7 is a disk. */
  deviceType: number;
  /** The N of `\\.\PhysicalDriveN`. */
  deviceNumber: number;
  /** 0 for the whole disk; 4294967295 where the device has no partitions. */
  partitionNumber: number;
}

/**
 * A device of a session.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_device_on_sessionw
 */
export interface DeviceOnSession {
  /** The initiator that holds the session: the name of its HBA instance. */
  initiatorName: string;
  /** The name of the target, usually an IQN. */
  targetName: string;
  /** Where the device is on the SCSI port of the initiator. */
  scsiAddress: ScsiAddress;
  /** The GUID of the device interface class: `53f56307-b6bf-11d0-94f2-00a0c91efb8b` for disks. */
  deviceInterfaceType: string;
  /** The path with which `CreateFile` opens the device: `\\?\scsi#disk&...`. */
  deviceInterfaceName: string;
  /** `\\.\PhysicalDrive1`, for a disk. */
  legacyName: string;
  /** The device number, for a disk that of `\\\\.\\PhysicalDriveN`. */
  storageDeviceNumber: StorageDeviceNumber;
  /** The handle of the device instance in Windows' configuration manager. */
  deviceInstance: number;
}

const SCSI_ADDRESS = new Struct<ScsiAddress>(
  'SCSI_ADDRESS',
  'ScsiAddress',
  {
    portNumber: unsigned('PortNumber'),
    pathId: unsigned('PathId'),
    targetId: unsigned('TargetId'),
    lun: unsigned('Lun'),
  },
  { constants: { Length: 8 } },
);

const STORAGE_DEVICE_NUMBER = new Struct<StorageDeviceNumber>('STORAGE_DEVICE_NUMBER', 'StorageDeviceNumber', {
  deviceType: unsigned('DeviceType'),
  deviceNumber: unsigned('DeviceNumber'),
  partitionNumber: unsigned('PartitionNumber'),
});

export const DEVICE_ON_SESSION = new Struct<DeviceOnSession>(
  'ISCSI_DEVICE_ON_SESSION#',
  'Devices',
  {
    initiatorName: text('InitiatorName'),
    targetName: text('TargetName'),
    scsiAddress: nested('ScsiAddress', SCSI_ADDRESS),
    deviceInterfaceType: guid('DeviceInterfaceType'),
    deviceInterfaceName: text('DeviceInterfaceName'),
    legacyName: text('LegacyName'),
    storageDeviceNumber: nested('StorageDeviceNumber', STORAGE_DEVICE_NUMBER),
    deviceInstance: unsigned('DeviceInstance'),
  },
  {
    // DeviceCount says how many fit when the call is made: a DLL that does not write it leaves empty structs.
    implausible: ({ targetName, deviceInterfaceName, legacyName, deviceInstance }) =>
      targetName === '' && deviceInterfaceName === '' && legacyName === '' && deviceInstance === 0
        ? ['TargetName', 'the device has neither names nor an instance']
        : undefined,
  },
);

const FILE_DEVICE_DISK = 7;

/** Whether a device is a disk, so that its number is that of `\\\\.\\PhysicalDriveN`. */
export function isDisk({ storageDeviceNumber: { deviceType } }: DeviceOnSession): boolean {
  return deviceType === FILE_DEVICE_DISK;
}

/** The numbers of the disks among devices. */
export function diskNumbersIn(devices: readonly DeviceOnSession[]): number[] {
  return devices.filter(isDisk).map(({ storageDeviceNumber }) => storageDeviceNumber.deviceNumber);
}

const NO_NUMBER = 0xffffffff;

/** Whether Windows has given a device a number. */
export function hasNumber({ storageDeviceNumber: { deviceNumber } }: DeviceOnSession): boolean {
  return deviceNumber !== NO_NUMBER;
}

const MPIO = /^\\\\[?.]\\mpio#/i;

/** Whether MPIO has made a device of the paths to it. */
export function isOfMpio({ deviceInterfaceName }: DeviceOnSession): boolean {
  return MPIO.test(deviceInterfaceName);
}
