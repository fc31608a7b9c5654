import type { SessionInfo } from 'iscsidsc';
import { type ExportName, exampleSessions, type Fault } from 'iscsidsc/simulator';

/** What the initiator under test answers, from call to call. */
export interface Scenario {
  sessions?: number;
  connections?: number;
  name?: string;
  nulls?: readonly NullMember[];
  /** Sessions that are added after each answer that the buffer is too small, `growTimes` times. */
  grow?: number;
  growTimes?: number;
  slack?: number;
  askExactly?: number;
  reportSlack?: number;
  status?: number;
  insufficient?: number;
  refuseAbove?: number;
  delay?: number;
  odd?: boolean;
  backwards?: boolean;
  fault?: Fault;
  devices?: number;
  /** The number of questions for devices that are answered ISDSC_SESSION_BUSY first. */
  deviceBusy?: number;
  /** The portals that are asked for targets. */
  portals?: number;
  /** The targets that are known. */
  targets?: number;
  /** The portals of each target. */
  targetPortals?: number;
  /** The persistent logins. */
  logins?: number;
  isnsServers?: number;
  radiusServers?: number;
  /** The volumes that the service waits for. */
  boundDevices?: number;
  /** The LUNs of each target. */
  luns?: number;
  /** The portal groups of each target, as `getIScsiTargetInformation` knows them. */
  groups?: number;
  /** They are as far apart as Microsoft's iscsicli reads them, not as the sizes of the structs have it. */
  sampleStride?: boolean;
  /** The number of the example of what is stored with the first target. Defaults to nothing. */
  stored?: number;
  /** Information about a target has no bytes at all. */
  empty?: boolean;
  /** An empty list of persistent logins is answered with 122 and a size of 0. */
  emptyNeedsNothing?: boolean;
  /** The statuses of the calls of an export. The last one stays. */
  statuses?: Readonly<Partial<Record<ExportName, readonly number[]>>>;
  /** The number of logouts that are answered ISDSC_DEVICE_BUSY_ON_SESSION first. */
  veto?: number;
}

/** What an initiator that keeps a state does besides. */
export interface InitiatorScenario extends Scenario {
  /** Milliseconds from the login of a session until it has its devices. */
  devicesAfter?: number;
}

export type NullMember = 'initiatorName' | 'targetNodeName' | 'targetName' | 'initiatorAddress' | 'targetAddress';

/** The sessions that a scenario begins with. */
export function sessionsOf({ sessions = 2, connections = 1, name = 'disk', nulls = [] }: Scenario): SessionInfo[] {
  return exampleSessions(sessions, { connections, name }).map(session => ({
    ...withNulls(session, nulls),
    connections: session.connections.map(connection => withNulls(connection, nulls)),
  }));
}

function withNulls<Struct extends object>(struct: Struct, nulls: readonly NullMember[]): Struct {
  const entries = Object.entries(struct).map(([member, value]) => [member, isNull(member, nulls) ? null : value]);
  return Object.fromEntries(entries) as Struct;
}

function isNull(member: string, nulls: readonly string[]): boolean {
  return nulls.includes(member);
}
