import { readGuid } from './guid.js';
import { type Layout, layoutOf } from './layout.js';
import type { Reply } from './source.js';
import { type DecodeAnsi, type Strings, stringsOf } from './strings.js';

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
  /** The number that Windows has given the target on that bus. */
  targetId: number;
  /** The number of the device in its target, as Windows counts. */
  lun: number;
}

/**
 * The number of a storage device, as `IOCTL_STORAGE_GET_DEVICE_NUMBER` gives it.
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
 * A device that a session has brought.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_device_on_sessionw
 */
export interface DeviceOnSession {
  /** The initiator that holds the session: the name of its HBA instance. */
  initiatorName: string;
  /** The name of the target, an IQN as a rule. */
  targetName: string;
  /** Where the device is on the SCSI port of the initiator. */
  scsiAddress: ScsiAddress;
  /** The GUID of the device interface class: `53f56307-b6bf-11d0-94f2-00a0c91efb8b` for disks. */
  deviceInterfaceType: string;
  /** The path by which `CreateFile` opens the device, `\\?\scsi#disk&...`. */
  deviceInterfaceName: string;
  /** `\\.\PhysicalDrive1`, for a disk. */
  legacyName: string;
  /** The number of the disk, among others. */
  storageDeviceNumber: StorageDeviceNumber;
  /** The handle of the device instance in Windows' configuration manager. */
  deviceInstance: number;
}

/** Reads the answer of `GetDevicesForIScsiSessionW`, or of the A form with a decoder for its code page. */
export function readDeviceList(reply: Reply, count: number, decodeAnsi?: DecodeAnsi): DeviceOnSession[] {
  const layout = layoutOf(decodeAnsi ? 'ISCSI_DEVICE_ON_SESSIONA' : 'ISCSI_DEVICE_ON_SESSIONW');
  const strings = stringsOf(reply, decodeAnsi);
  reply.claimHead(count, layout.size, 'DeviceCount');
  return Array.from({ length: count }, (_, index) => readDevice(reply, strings, layout, index * layout.size));
}

type DeviceLayout = Layout<'ISCSI_DEVICE_ON_SESSIONA' | 'ISCSI_DEVICE_ON_SESSIONW'>;

function readDevice(
  { bytes, view }: Reply,
  strings: Strings,
  { at, sizeOf }: DeviceLayout,
  offset: number,
): DeviceOnSession {
  const text = (member: 'InitiatorName' | 'TargetName' | 'DeviceInterfaceName' | 'LegacyName') =>
    strings.fixed(offset + at[member], sizeOf[member], `Devices.${member}`);
  return {
    initiatorName: text('InitiatorName'),
    targetName: text('TargetName'),
    scsiAddress: readScsiAddress(view, offset + at.ScsiAddress),
    deviceInterfaceType: readGuid(bytes, offset + at.DeviceInterfaceType),
    deviceInterfaceName: text('DeviceInterfaceName'),
    legacyName: text('LegacyName'),
    storageDeviceNumber: readStorageDeviceNumber(view, offset + at.StorageDeviceNumber),
    deviceInstance: view.getUint32(offset + at.DeviceInstance, true),
  };
}

function readScsiAddress(view: DataView, offset: number): ScsiAddress {
  const { at } = layoutOf('SCSI_ADDRESS');
  return {
    portNumber: view.getUint8(offset + at.PortNumber),
    pathId: view.getUint8(offset + at.PathId),
    targetId: view.getUint8(offset + at.TargetId),
    lun: view.getUint8(offset + at.Lun),
  };
}

function readStorageDeviceNumber(view: DataView, offset: number): StorageDeviceNumber {
  const { at } = layoutOf('STORAGE_DEVICE_NUMBER');
  return {
    deviceType: view.getUint32(offset + at.DeviceType, true),
    deviceNumber: view.getUint32(offset + at.DeviceNumber, true),
    partitionNumber: view.getUint32(offset + at.PartitionNumber, true),
  };
}
