import type { DeviceOnSession, MissingPart, ScsiAddress, SessionInfo, SessionVolume } from '../../../index.js';
import { formatPortal } from '../../../portal.js';
import type { Format } from '../../terminal/colour.js';
import { type Column, formatTable } from '../../terminal/table.js';

/** A session that may have its devices, or the reason why they are not known. */
export interface ListedSession extends SessionInfo {
  readonly devices?: readonly DeviceOnSession[] | null;
  readonly devicesError?: MissingPart | null;
  readonly negotiatedError?: MissingPart | null;
  readonly volumes?: readonly SessionVolume[] | null;
  readonly volumesError?: MissingPart | null;
}

/** Whether a call for a missing part of the session may still run. */
export function mayHang({ devicesError, negotiatedError, volumesError }: ListedSession): boolean {
  return [devicesError, negotiatedError, volumesError].some(reason => reason?.pending === 'running');
}

/** The sessions as a table, with their devices if they have them; `none` if there are none. */
export function sessionTable(
  sessions: readonly ListedSession[],
  format: Format,
  none = 'There are no active iSCSI sessions.',
): string {
  return sessions.length === 0 ? `${none}\n` : formatTable(COLUMNS, sessions, format);
}

/** The name of a session's target, with `(null)` for a NULL string, as in iscsicli. */
export function targetOf({ targetNodeName, targetName }: SessionInfo): string {
  return targetNodeName ?? targetName ?? '(null)';
}

export function portalsOf({ connections }: SessionInfo): string[] {
  return connections.map(({ targetAddress, targetSocket }) => formatPortal(targetAddress, targetSocket));
}

/** A session in a sentence. */
export function sessionText(session: SessionInfo): string {
  const portals = portalsOf(session).join(', ') || 'no portal';
  return `session ${session.sessionId} with ${targetOf(session)} (${portals})`;
}

export function stateOf({ connections }: SessionInfo): 'connected' | 'reconnecting' {
  return connections.length > 0 ? 'connected' : 'reconnecting';
}

/** `\\.\PhysicalDrive1`, or another name if it has none of that kind. */
export function deviceName({ legacyName, deviceInterfaceName }: DeviceOnSession): string {
  return legacyName || deviceInterfaceName || '(no name)';
}

export function deviceType({ storageDeviceNumber: { deviceType: type } }: DeviceOnSession): string {
  return DEVICE_TYPES[type] ?? `device type ${type}`;
}

// The FILE_DEVICE_ numbers of Windows that an iSCSI target can be.
const DEVICE_TYPES: Readonly<Record<number, string>> = {
  2: 'CD-ROM',
  7: 'disk',
  31: 'tape',
  45: 'mass storage',
  48: 'changer',
  51: 'DVD',
};

const COLUMNS: readonly Column<ListedSession>[] = [
  { heading: 'SESSION ID', values: ({ sessionId }) => [sessionId] },
  { heading: 'TARGET', values: session => [targetOf(session)], place: { where: 'above', when: 'narrow' } },
  {
    heading: 'STATE',
    values: session => [stateOf(session)],
    colour: session => (stateOf(session) === 'connected' ? 'green' : 'yellow'),
  },
  { heading: 'PORTALS', values: portalsOf, place: { where: 'beneath', when: 'narrow' } },
  { heading: 'DEVICES', values: deviceLines, place: { where: 'beneath', when: 'always' } },
];

function deviceLines({ devices, devicesError, volumes, volumesError }: ListedSession): string[] {
  if (devices === undefined) return [];
  if (devices === null) return [`Devices not known: ${devicesError?.message}`];
  if (devices.length === 0) return ['No devices'];
  const lines = devices.map(device => [deviceText(device), ...pathsOn(device, volumes ?? [])].join(', '));
  return volumesError ? [...lines, `Volumes not known: ${volumesError.message}`] : lines;
}

/** The drive letters and mount points of a disk. */
export function pathsOn({ storageDeviceNumber }: DeviceOnSession, volumes: readonly SessionVolume[]): string[] {
  const { deviceType: type, deviceNumber } = storageDeviceNumber;
  if (DEVICE_TYPES[type] !== 'disk') return [];
  return volumes.flatMap(({ deviceNumbers, paths }) => (deviceNumbers.includes(deviceNumber) ? paths : []));
}

/** `\\\\.\\PhysicalDrive1, SCSI 3:0:1:0, disk`. */
export function deviceText(device: DeviceOnSession): string {
  return `${deviceName(device)}, SCSI ${scsiAddress(device.scsiAddress)}, ${deviceType(device)}`;
}

/** `3:0:1:0`: port, bus, target and LUN. */
function scsiAddress({ portNumber, pathId, targetId, lun }: ScsiAddress): string {
  return [portNumber, pathId, targetId, lun].join(':');
}
