import type { DeviceOnSession } from '../codec/device-list.js';
import { guidBytes } from '../codec/guid.js';
import { layoutOf } from '../codec/layout.js';
import type { Image } from './image.js';
import { ImageBuilder, type TextForm } from './image-builder.js';

const SCSI_ADDRESS_LENGTH = 8;

/** What `GetDevicesForIScsiSessionA/W` would write for these devices. */
export function deviceImage(devices: readonly DeviceOnSession[], text: TextForm): Image {
  const { at, size, sizeOf } = layoutOf(`ISCSI_DEVICE_ON_SESSION${text.form}`);
  const address = layoutOf('SCSI_ADDRESS').at;
  const number = layoutOf('STORAGE_DEVICE_NUMBER').at;
  return new ImageBuilder(text).image('devices', devices, size, (device, struct) => {
    const { scsiAddress, storageDeviceNumber } = device;
    struct.fixed(at.InitiatorName, sizeOf.InitiatorName, 'initiatorName', device.initiatorName);
    struct.fixed(at.TargetName, sizeOf.TargetName, 'targetName', device.targetName);
    struct.uint(at.ScsiAddress + address.Length, 4, 'length', SCSI_ADDRESS_LENGTH);
    struct.uint(at.ScsiAddress + address.PortNumber, 1, 'portNumber', scsiAddress.portNumber);
    struct.uint(at.ScsiAddress + address.PathId, 1, 'pathId', scsiAddress.pathId);
    struct.uint(at.ScsiAddress + address.TargetId, 1, 'targetId', scsiAddress.targetId);
    struct.uint(at.ScsiAddress + address.Lun, 1, 'lun', scsiAddress.lun);
    struct.bytes(at.DeviceInterfaceType, guidBytes(device.deviceInterfaceType));
    struct.fixed(at.DeviceInterfaceName, sizeOf.DeviceInterfaceName, 'deviceInterfaceName', device.deviceInterfaceName);
    struct.fixed(at.LegacyName, sizeOf.LegacyName, 'legacyName', device.legacyName);
    const { deviceType, deviceNumber, partitionNumber } = storageDeviceNumber;
    struct.uint(at.StorageDeviceNumber + number.DeviceType, 4, 'deviceType', deviceType);
    struct.uint(at.StorageDeviceNumber + number.DeviceNumber, 4, 'deviceNumber', deviceNumber);
    struct.uint(at.StorageDeviceNumber + number.PartitionNumber, 4, 'partitionNumber', partitionNumber);
    struct.uint(at.DeviceInstance, 4, 'deviceInstance', device.deviceInstance);
  });
}
