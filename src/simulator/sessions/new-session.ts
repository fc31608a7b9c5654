import type { TargetPortal } from '../../api/portals/portal.js';
import type { ConnectionInfo, SessionInfo } from '../../codec/session-list.js';
import { ADAPTER, bigEndian, littleEndian } from './examples.js';

// Above those of the examples.
const FIRST_SESSION = 0x4000013700010000n;
const FIRST_CONNECTION = 0x1000000;
const EPHEMERAL = 49152;

/** The numbers of the next session and connection: no id is used twice. */
export interface NextIds {
  session: number;
  connection: number;
}

/** A session as a login makes it. */
export function newSession(
  targetName: string,
  initiatorName: string,
  portal: TargetPortal,
  next: NextIds,
): SessionInfo {
  const number = next.session++;
  return {
    sessionId: `${ADAPTER}-${(FIRST_SESSION + BigInt(number)).toString(16)}`,
    initiatorName,
    targetNodeName: targetName,
    targetName,
    isid: `40000137${bigEndian(number)}`,
    tsid: littleEndian(number),
    connections: [newConnection(portal, 1, next)],
  };
}

export function newConnection({ address, socket }: TargetPortal, cid: number, next: NextIds): ConnectionInfo {
  const number = next.connection++;
  return {
    connectionId: `${ADAPTER}-${(FIRST_CONNECTION + number).toString(16)}`,
    initiatorAddress: '0.0.0.0',
    targetAddress: address,
    initiatorSocket: EPHEMERAL + (number % 16384),
    targetSocket: socket,
    cid: littleEndian(cid),
  };
}
