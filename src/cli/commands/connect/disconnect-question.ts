import type { DeviceOnSession, SessionDescription, SessionVolume, WhichConnection } from '../../../index.js';
import { isNamed } from '../../../volume-path.js';
import type { Context } from '../../command.js';
import { CommandError } from '../../failure.js';
import { listed } from '../../terminal/text.js';
import { noSession } from '../sessions/session-argument.js';
import { deviceName, deviceType, pathsOn, sessionText } from '../sessions/session-table.js';

/** What is removed beside the sessions. */
interface Removals {
  readonly forget: boolean;
  readonly removePortal: boolean;
}

// What hangs must not hold up the question for longer.
const ASK_MS = 10_000;

/** Asks Windows what would go away, and puts it into a question. Rejects if there is nothing to do. */
export async function questionFor(
  which: WhichConnection,
  removals: Removals,
  { iscsidsc, options }: Context,
): Promise<string> {
  const sessions = await iscsidsc.describeSessions({
    ...options,
    timeoutMs: Math.min(options.timeoutMs ?? ASK_MS, ASK_MS),
    ...('targetName' in which && { filter: which }),
  });
  const going = sessions.filter(isMeant(which, iscsidsc));
  if (going.length > 0) {
    const others = sessions.filter(session => !going.includes(session));
    return [`Log out ${listed(going.map(sessionText))}?`, ...loss(going, others), ...alsoRemoved(removals)].join(' ');
  }
  const removed = removedText(removals);
  if ('targetName' in which && removed !== '') return `Remove ${removed}? There is no session ${whichText(which)}.`;
  // Windows may know more when it is asked again.
  const isKnown = sessions.every(({ devices, volumes }) => devices !== null && volumes !== null);
  if (isKnown) throw noSuchSession(which);
  return [`Log out all sessions ${whichText(which)}?`, ...alsoRemoved(removals)].join(' ');
}

function removedText({ forget, removePortal }: Removals): string {
  return listed([
    ...(forget ? ['the saved logins of the target'] : []),
    ...(removePortal ? ['the portals that lead nowhere else'] : []),
  ]);
}

function alsoRemoved(removals: Removals): string[] {
  const removed = removedText(removals);
  return removed === '' ? [] : [`This also removes ${removed}.`];
}

/** The error for what no session has: of a disk or a volume, as `disconnectTarget` words it. */
export function noSuchSession(which: WhichConnection): CommandError {
  const disk = diskText(which);
  if (disk === undefined) return noSession(whichText(which));
  const hint = "'iscsidsc disks' lists the disks.";
  return new CommandError('ERR_ISCSIDSC_NOT_LISTED', 4, `No session has ${disk}.`, hint);
}

function diskText(which: WhichConnection): string | undefined {
  if ('volume' in which) return `a disk of the volume ${which.volume}`;
  return 'deviceNumber' in which ? `the disk \\\\.\\PhysicalDrive${which.deviceNumber}` : undefined;
}

function whichText(which: WhichConnection): string {
  if ('targetName' in which) return `with the target ${which.targetName}`;
  if ('sessionId' in which) return `whose id is ${which.sessionId}`;
  return `with ${diskText(which)}`;
}

function isMeant(
  which: WhichConnection,
  { formatUniqueId, parseUniqueId }: Context['iscsidsc'],
): (session: SessionDescription) => boolean {
  // Only these were asked for.
  if ('targetName' in which) return () => true;
  if ('sessionId' in which) {
    const id = formatUniqueId(parseUniqueId(which.sessionId));
    return ({ sessionId }) => sessionId === id;
  }
  if ('volume' in which) return ({ volumes }) => volumes?.some(volume => isNamed(volume, which.volume)) ?? false;
  return ({ devices }) => disksOf(devices).includes(which.deviceNumber);
}

/** The N of each `\\\\.\\PhysicalDriveN`. */
function disksOf(devices: readonly DeviceOnSession[] | null): number[] {
  return (devices ?? []).filter(device => deviceType(device) === 'disk').map(numberOf);
}

function numberOf({ storageDeviceNumber }: DeviceOnSession): number {
  return storageDeviceNumber.deviceNumber;
}

/** The disks that no other session has. */
function loss(going: readonly SessionDescription[], others: readonly SessionDescription[]): string[] {
  if (going.some(({ devices }) => devices === null)) return ['Disks that have no other path go away.'];
  const kept = others.flatMap(({ devices }) => disksOf(devices));
  const names = going.flatMap(({ devices, volumes }) =>
    (devices ?? [])
      .filter(device => deviceType(device) !== 'disk' || !kept.includes(numberOf(device)))
      .map(device => deviceText(device, volumes)),
  );
  const distinct = [...new Set(names)];
  if (distinct.length === 0) return [];
  return [`${listed(distinct)} ${distinct.length === 1 ? 'goes' : 'go'} away.`];
}

/** `\\\\.\\PhysicalDrive5 (E:\\)`. */
function deviceText(device: DeviceOnSession, volumes: readonly SessionVolume[] | null): string {
  const paths = pathsOn(device, volumes ?? []).join(', ');
  return paths === '' ? deviceName(device) : `${deviceName(device)} (${paths})`;
}
