import type {
  ConnectedTarget,
  CreatedConnection,
  DeviceOnSession,
  MissingPart,
  SessionVolume,
  TargetPortal,
} from '../../../index.js';
import { failureDetails } from '../../failure.js';
import type { Format } from '../../terminal/colour.js';
import { type Field, formatDetails, paragraph } from '../../terminal/details.js';
import { volumeText } from '../disks/disk-text.js';
import { portalText } from '../login-text.js';
import { deviceName, deviceType } from '../sessions/session-table.js';

/** What a `connect` that has failed could not undo. */
export interface LeftBehind extends Pick<ConnectedTarget, 'targetName' | 'created' | 'failed'> {
  readonly undoErrors: readonly MissingPart[];
}

/** A thing that was made, and the command that removes it. */
interface Thing {
  readonly text: string;
  readonly removal: string;
}

export function isSomethingLeft({ created, undoErrors }: LeftBehind): boolean {
  return thingsOf(created).length + undoErrors.length > 0;
}

/** In the order in which they were made. */
export function thingsOf({ portals, sessions, persistentLogins }: CreatedConnection): Thing[] {
  return [
    ...portals.map(portal => ({
      text: portalName(portal),
      removal: `iscsidsc portal remove ${portalText(portal)}`,
    })),
    ...sessions.map(({ sessionId }) => ({
      text: sessionName(sessionId),
      removal: `iscsidsc session logout ${sessionId}`,
    })),
    ...persistentLogins.map(({ targetName, targetPortal }) => ({
      text: loginName(targetPortal),
      removal: `iscsidsc favorite remove ${targetName}`,
    })),
  ];
}

/** Where a portal is. */
export type Place = Pick<TargetPortal, 'address' | 'socket'>;

export function portalName(portal: Place): string {
  return `portal ${portalText(portal)}`;
}

export function sessionName(sessionId: string): string {
  return `session ${sessionId}`;
}

export function loginName(portal: Place): string {
  return `saved login through portal ${portalText(portal)}`;
}

export function connectedText(connected: ConnectedTarget, format: Format): string {
  const { targetName, sessions, created } = connected;
  const made = thingsOf(created).map(({ text }) => text);
  return formatDetails(
    [
      {
        fields: [
          ['Target', targetName],
          ...list(
            'Session ID',
            sessions.map(({ sessionId, portal, isNew }) =>
              [sessionId, ...(portal ? [portalText(portal)] : []), isNew ? 'new' : 'was there'].join(', '),
            ),
          ),
          ...list('Disks', disksOf(connected)),
          ...list('Created', made.length > 0 ? made : ['nothing']),
        ],
      },
    ],
    format,
  );
}

export function leftText({ created, undoErrors }: LeftBehind, format: Format): string {
  return [
    ...thingsOf(created).map(({ text, removal }) => `Left: ${text}. '${removal}' removes it.`),
    ...undoErrors.map(error => `Not undone: ${failureDetails(error).message}`),
  ]
    .map(sentence => paragraph(sentence, format))
    .join('');
}

function disksOf({ targetName, devices, volumes, volumesError }: ConnectedTarget): string[] {
  if (devices.length === 0) {
    return [`none yet: 'iscsidsc session wait --target ${targetName} --until devices' waits for them`];
  }
  const disks = devices.map(device =>
    [...deviceWords(device), ...(volumes ? volumesOn(device, volumes) : [])].join(', '),
  );
  return volumesError ? [...disks, `volumes not known: ${failureDetails(volumesError).message}`] : disks;
}

function deviceWords(device: DeviceOnSession): string[] {
  const type = deviceType(device);
  return [deviceName(device), `LUN ${device.scsiAddress.lun}`, ...(type === 'disk' ? [] : [type])];
}

function volumesOn(device: DeviceOnSession, volumes: readonly SessionVolume[]): string[] {
  if (deviceType(device) !== 'disk') return [];
  const { deviceNumber } = device.storageDeviceNumber;
  const found = volumes.filter(({ deviceNumbers }) => deviceNumbers.includes(deviceNumber)).map(volumeText);
  return found.length > 0 ? found : ['no volume'];
}

/** A label in front of the first value alone. */
function list(label: string, values: readonly string[]): Field[] {
  return values.map((value, index) => [index === 0 ? label : '', value]);
}
