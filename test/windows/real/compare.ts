import type { ConnectionInfo, DeviceOnSession, SessionDescription, SessionInfo, SessionInfoEx } from 'iscsidsc';
import { swapped } from './byte-order.js';
import type { ConnectionRecord, DiskRecord, SessionRecord } from './dump.js';

/** Where the package and Microsoft's cmdlets do not say the same. */
export interface Difference {
  /** The session id, with the id of the connection or the path of the disk if it is about that. */
  of: string;
  /** Microsoft's name of the member; undefined where the whole is on one side only. */
  member?: string;
  ours: unknown;
  theirs: unknown;
}

type Value = string | number | boolean;
type Fields<Ours, Theirs> = { readonly [Member in keyof Theirs]?: (ours: Ours, theirs: Value) => Value };

const DISK_TYPE = 7;
const AUTHENTICATION: Readonly<Record<string, string>> = {
  none: 'NONE',
  chap: 'ONEWAYCHAP',
  mutualChap: 'MUTUALCHAP',
};

/**
 * What each of their members is to be, by ours. They are the names of the cmdlets' classes. Not compared, as the session
 * list has nothing of the kind: InitiatorPortalAddress, IsPersistent, IsDiscovered.
 */
const SESSION: Fields<SessionInfo, SessionRecord> = {
  InitiatorNodeAddress: (ours, theirs) => name(ours.initiatorName, theirs),
  TargetNodeAddress: (ours, theirs) => name(ours.targetName, theirs),
  InitiatorSideIdentifier: ours => ours.isid,
  TargetSideIdentifier: ours => ours.tsid,
  NumberOfConnections: ours => ours.connections.length,
  IsConnected: ours => ours.connections.length > 0,
};
const CONNECTION: Fields<ConnectionInfo, ConnectionRecord> = {
  InitiatorAddress: ours => ours.initiatorAddress ?? '',
  // In which order the two bytes are is for byte-order.ts to say.
  InitiatorPortNumber: ({ initiatorSocket }, theirs) =>
    theirs === swapped(initiatorSocket) ? theirs : initiatorSocket,
  TargetAddress: ours => ours.targetAddress ?? '',
  TargetPortNumber: ours => ours.targetSocket,
};
const NEGOTIATED: Fields<SessionInfoEx, SessionRecord> = {
  AuthenticationType: ours => AUTHENTICATION[String(ours.connections[0]?.authType)] ?? '',
  IsHeaderDigest: ours => ours.connections.some(({ headerDigest }) => headerDigest === 'crc32c'),
  IsDataDigest: ours => ours.connections.some(({ dataDigest }) => dataDigest === 'crc32c'),
};
const DISK: Fields<DeviceOnSession, DiskRecord & Pick<SessionRecord, 'InitiatorInstanceName'>> = {
  Number: ours => ours.storageDeviceNumber.deviceNumber,
  InitiatorInstanceName: ours => ours.initiatorName,
};

/** Compares the session list with `Get-IscsiSession` and `Get-IscsiConnection`, field by field, in any order. */
export function compareSessions(ours: readonly SessionInfo[], theirs: readonly SessionRecord[]): Difference[] {
  const sessions = pairs(ours, idOf, theirs, theirIdOf);
  return sessions.flatMap(([id, our, their]) => {
    if (!our || !their) return [{ of: id, ours: our, theirs: their }];
    const connections = pairs(
      our.connections,
      ({ connectionId }) => connectionId,
      their.Connections,
      ({ ConnectionIdentifier }) => ConnectionIdentifier.toLowerCase(),
    );
    return [
      ...compareFields(id, our, their, SESSION),
      ...connections.flatMap(([connectionId, ourOne, theirOne]) =>
        compareWhole(`${id} ${connectionId}`, ourOne, theirOne, CONNECTION),
      ),
    ];
  });
}

/** Compares what was negotiated, and the disks, for the sessions that both sides have. */
export function compareParts(ours: readonly SessionDescription[], theirs: readonly SessionRecord[]): Difference[] {
  return pairs(ours, idOf, theirs, theirIdOf).flatMap(([id, our, their]) => {
    if (!our || !their) return [];
    const { InitiatorInstanceName, Disks } = their;
    const disks = pairs(
      (our.devices ?? []).filter(({ storageDeviceNumber }) => storageDeviceNumber.deviceType === DISK_TYPE),
      ({ deviceInterfaceName }) => deviceInterfaceName.toLowerCase(),
      Disks.map(disk => ({ ...disk, InitiatorInstanceName })),
      ({ Path }) => Path.toLowerCase(),
    );
    return [
      // A session without a connection has negotiated nothing.
      ...(our.negotiated && our.connections.length > 0 ? compareFields(id, our.negotiated, their, NEGOTIATED) : []),
      ...disks.flatMap(([path, device, disk]) => compareWhole(`${id} ${path}`, device, disk, DISK)),
    ];
  });
}

/** The differences, a line each. */
export function differenceLines(differences: readonly Difference[]): string[] {
  return differences.map(({ of, member, ours, theirs }) => {
    const what = member === undefined ? of : `${of}: ${member}`;
    return `${what}: the package says ${JSON.stringify(ours)}, PowerShell ${JSON.stringify(theirs)}`;
  });
}

function compareWhole<Ours, Theirs>(
  of: string,
  ours: Ours | undefined,
  theirs: Theirs | undefined,
  fields: Fields<Ours, Theirs>,
): Difference[] {
  return ours && theirs ? compareFields(of, ours, theirs, fields) : [{ of, ours, theirs }];
}

function compareFields<Ours, Theirs>(
  of: string,
  ours: Ours,
  theirs: Theirs,
  fields: Fields<Ours, Theirs>,
): Difference[] {
  const members = Object.keys(fields) as (keyof Theirs & string)[];
  return members.flatMap(member => {
    const their = theirs[member] as Value;
    const our = fields[member]?.(ours, their);
    return our === their ? [] : [{ of, member, ours: our, theirs: their }];
  });
}

// Windows changes the case of names.
function name(ours: string | null, theirs: Value): Value {
  return ours?.toLowerCase() === String(theirs).toLowerCase() ? theirs : (ours ?? '');
}

function idOf({ sessionId }: SessionInfo): string {
  return sessionId;
}

function theirIdOf({ SessionIdentifier }: SessionRecord): string {
  return SessionIdentifier.toLowerCase();
}

/** What belongs together by id; what has no partner, and what has the same id twice, is alone. */
function pairs<Ours, Theirs>(
  ours: readonly Ours[],
  ourId: (ours: Ours) => string,
  theirs: readonly Theirs[],
  theirId: (theirs: Theirs) => string,
): [id: string, ours: Ours | undefined, theirs: Theirs | undefined][] {
  const left = [...theirs];
  const found = ours.map((our): [string, Ours, Theirs | undefined] => {
    const index = left.findIndex(their => theirId(their) === ourId(our));
    return [ourId(our), our, index < 0 ? undefined : left.splice(index, 1)[0]];
  });
  return [...found, ...left.map((their): [string, undefined, Theirs] => [theirId(their), undefined, their])];
}
