import type { DeviceOnSession, ScsiAddress } from '../index.js';

// The FILE_DEVICE_ numbers of Windows that an iSCSI target can be.
const TYPES: Readonly<Record<number, string>> = {
  2: 'CD-ROM',
  7: 'disk',
  31: 'tape',
  45: 'mass storage',
  48: 'changer',
  51: 'DVD',
};

/** `\\.\PhysicalDrive1`, or what there is of names. */
export function deviceName({ legacyName, deviceInterfaceName }: DeviceOnSession): string {
  return legacyName || deviceInterfaceName || '(no name)';
}

export function deviceType({ storageDeviceNumber: { deviceType: type } }: DeviceOnSession): string {
  return TYPES[type] ?? `device type ${type}`;
}

/** `3:0:1:0`: port, bus, target and LUN. */
export function scsiAddress({ portNumber, pathId, targetId, lun }: ScsiAddress): string {
  return [portNumber, pathId, targetId, lun].join(':');
}
