import { readGuid } from './guid.js';
import { type Layout, layoutOf } from './layout.js';
import type { Reply } from './reply.js';
import { type DecodeAnsi, type Strings, stringsOf } from './strings.js';

/** Where a device is on the SCSI port of the initiator. */
export interface ScsiAddress {
  portNumber: number;
  /** The bus. */
  pathId: number;
  targetId: number;
  lun: number;
}

/** The number of a storage device, as `IOCTL_STORAGE_GET_DEVICE_NUMBER` gives it. */
export interface StorageDeviceNumber {
  /** 7 is a disk. */
  deviceType: number;
  /** The N of `\\.\PhysicalDriveN`. */
  deviceNumber: number;
  partitionNumber: number;
}

/** A device that a session has brought. */
export interface DeviceOnSession {
  initiatorName: string;
  targetName: string;
  scsiAddress: ScsiAddress;
  /** The GUID of the device interface class: `53f56307-b6bf-11d0-94f2-00a0c91efb8b` for disks. */
  deviceInterfaceType: string;
  deviceInterfaceName: string;
  /** `\\.\PhysicalDrive1`, for a disk. */
  legacyName: string;
  storageDeviceNumber: StorageDeviceNumber;
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
