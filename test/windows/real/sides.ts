import { readFileSync } from 'node:fs';
import {
  type DeviceOnSession,
  describeSessions,
  getIScsiSessionListSync,
  type SessionDescription,
  type SessionInfo,
} from 'iscsidsc';
import { createSimulator, type Simulator } from 'iscsidsc/simulator';
import { type DiskRecord, type Dump, readDump, type SessionRecord } from './dump.js';
import type { Sides } from './summary.js';

export const SAMPLES = ['four-sessions', 'one-session', 'no-session'] as const;
type Sample = (typeof SAMPLES)[number];

export function sampleText(name: Sample): string {
  return readFileSync(new URL(`samples/${name}.json`, import.meta.url), 'utf8');
}

/** A simulated initiator that has the sessions of a dump. */
export function simulatorOf({ sessions }: Dump): Simulator {
  return createSimulator({
    sessions: sessions.map(sessionOf),
    devices: Object.fromEntries(
      sessions.map(session => [session.SessionIdentifier, session.Disks.map(disk => deviceOf(session, disk))]),
    ),
  });
}

/** A dump, and what the package says of a simulated initiator with its sessions. */
export async function sidesOf(name: Sample): Promise<Sides & { described: SessionDescription[] }> {
  const dump = readDump(sampleText(name));
  const library = simulatorOf(dump);
  try {
    return { sessions: getIScsiSessionListSync({ library }), described: await describeSessions({ library }), dump };
  } finally {
    library.dispose();
  }
}

function sessionOf(theirs: SessionRecord): SessionInfo {
  return {
    sessionId: theirs.SessionIdentifier,
    initiatorName: theirs.InitiatorNodeAddress,
    targetNodeName: null,
    targetName: theirs.TargetNodeAddress,
    isid: theirs.InitiatorSideIdentifier,
    tsid: theirs.TargetSideIdentifier,
    connections: theirs.Connections.map(connection => ({
      connectionId: connection.ConnectionIdentifier,
      initiatorAddress: connection.InitiatorAddress,
      targetAddress: connection.TargetAddress,
      initiatorSocket: connection.InitiatorPortNumber,
      targetSocket: connection.TargetPortNumber,
      cid: '0100',
    })),
  };
}

function deviceOf({ InitiatorInstanceName, TargetNodeAddress }: SessionRecord, disk: DiskRecord): DeviceOnSession {
  return {
    initiatorName: InitiatorInstanceName,
    targetName: TargetNodeAddress,
    scsiAddress: { portNumber: 3, pathId: 0, targetId: 0, lun: 0 },
    deviceInterfaceType: '53f56307-b6bf-11d0-94f2-00a0c91efb8b',
    deviceInterfaceName: disk.Path,
    legacyName: `\\\\.\\PhysicalDrive${disk.Number}`,
    storageDeviceNumber: { deviceType: 7, deviceNumber: disk.Number, partitionNumber: 0 },
    deviceInstance: 0x82c,
  };
}
