import type { SessionInfo } from 'iscsidsc';
import { exampleSessions, type Fault } from 'iscsidsc/simulator';

/** What the initiator under test has and does. The stand-in DLL has the same keys, see windows/stand-in/README.md. */
export interface Scenario {
  sessions?: number;
  connections?: number;
  name?: string;
  nulls?: readonly NullMember[];
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
  devicesAfter?: number;
  deviceBusy?: number;
  veto?: number;
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
