import { array, string } from './fields.js';
import { hexSixBytes, hexTwoBytes } from './hexadecimal.js';
import type { Layout } from './layout.js';
import { hex, uniqueId, unsigned } from './numbers.js';
import type { Reply } from './source.js';
import { type DecodeAnsi, type Strings, stringsOf } from './strings.js';
import { Struct } from './struct.js';
import { UniqueIdReader } from './unique-id.js';

/**
 * A connection of a session. A string is null if Windows reports none.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_connection_infow
 */
export interface ConnectionInfo {
  /** `ffffe00112345010-1b`: the two halves in hexadecimal, as iscsicli and PowerShell print it. */
  connectionId: string;
  /** The address of this machine, often `0.0.0.0`. */
  initiatorAddress: string | null;
  /** The address of the target's portal, IPv4, IPv6 or a name. */
  targetAddress: string | null;
  /** As reported: on the Windows versions seen so far its two bytes look swapped. */
  initiatorSocket: number;
  /** The TCP port of the target. */
  targetSocket: number;
  /** The connection's id within its session: its two bytes in hexadecimal, as stored (little-endian). */
  cid: string;
}

/**
 * A session of the initiator with a target. A string is null if Windows reports none.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_session_infow
 */
export interface SessionInfo {
  /** `ffffe00112345010-4000013700000000`: the two halves in hexadecimal, as iscsicli and PowerShell print it. */
  sessionId: string;
  /** The node name of the initiator, usually an IQN. */
  initiatorName: string | null;
  /** The node name of the target, often null. */
  targetNodeName: string | null;
  /** The name of the target, usually an IQN. Windows may change its case. */
  targetName: string | null;
  /** The initiator's part of the iSCSI session id: six bytes in hexadecimal, in wire order. */
  isid: string;
  /** The target's part of the iSCSI session id: two bytes in hexadecimal, as stored (little-endian). */
  tsid: string;
  /** Empty while the session is reconnecting. */
  connections: ConnectionInfo[];
}

const CONNECTION_INFO = new Struct<ConnectionInfo>('ISCSI_CONNECTION_INFO#', 'ConnectionInfo', {
  connectionId: uniqueId('ConnectionId'),
  initiatorAddress: string('InitiatorAddress'),
  targetAddress: string('TargetAddress'),
  initiatorSocket: unsigned('InitiatorSocket'),
  targetSocket: unsigned('TargetSocket'),
  cid: hex('CID'),
});

export const SESSION_INFO = new Struct<SessionInfo>(
  'ISCSI_SESSION_INFO#',
  'SessionInfo',
  {
    sessionId: uniqueId('SessionId'),
    initiatorName: string('InitiatorName'),
    targetNodeName: string('TargetNodeName'),
    targetName: string('TargetName'),
    isid: hex('ISID'),
    tsid: hex('TSID'),
    connections: array('Connections', 'ConnectionCount', CONNECTION_INFO),
  },
  { implausible: emptySession },
);

// What a DLL leaves that claims sessions and does not write them.
function emptySession({ sessionId, initiatorName, targetNodeName, targetName }: SessionInfo) {
  return sessionId === '0-0' && initiatorName === null && targetNodeName === null && targetName === null
    ? (['SessionId', 'the session has neither an id nor a name'] as const)
    : undefined;
}

/** Reads the answer of `GetIScsiSessionListW`, or of the A form with a decoder for its code page. */
export function readSessionList(reply: Reply, count: number, decodeAnsi?: DecodeAnsi): SessionInfo[] {
  return count === 0 ? [] : new SessionListReader(reply, decodeAnsi).read(count);
}

// Not by the table, which takes longer (`npm run bench` says how much): this is the list that programs ask for again and
// again. A test holds the two readers against each other.
class SessionListReader {
  readonly #reply: Reply;
  readonly #session: Layout<'ISCSI_SESSION_INFOW'>;
  readonly #connection: Layout<'ISCSI_CONNECTION_INFOW'>;
  readonly #ids: UniqueIdReader;
  readonly #strings: Strings;

  constructor(reply: Reply, decodeAnsi: DecodeAnsi | undefined) {
    this.#reply = reply;
    // The A structs differ in their names alone: the strings are behind pointers.
    this.#session = SESSION_INFO.in('W').layout as Layout<'ISCSI_SESSION_INFOW'>;
    this.#connection = CONNECTION_INFO.in('W').layout as Layout<'ISCSI_CONNECTION_INFOW'>;
    this.#ids = new UniqueIdReader(reply.view);
    this.#strings = stringsOf(reply, decodeAnsi);
  }

  read(count: number): SessionInfo[] {
    const size = this.#session.size;
    this.#reply.claimHead(count, size, 'SessionCount');
    const sessions = new Array<SessionInfo>(count);
    for (let index = 0; index < count; index++) sessions[index] = this.#readSession(index * size);
    return sessions;
  }

  #readSession(offset: number): SessionInfo {
    const { view } = this.#reply;
    const { at } = this.#session;
    const session = {
      sessionId: this.#ids.read(offset + at.SessionId),
      initiatorName: this.#strings.read(offset + at.InitiatorName, 'SessionInfo.InitiatorName'),
      targetNodeName: this.#strings.read(offset + at.TargetNodeName, 'SessionInfo.TargetNodeName'),
      targetName: this.#strings.read(offset + at.TargetName, 'SessionInfo.TargetName'),
      isid: hexSixBytes(view, offset + at.ISID),
      tsid: hexTwoBytes(view, offset + at.TSID),
      connections: this.#readConnections(offset),
    };
    const [member, problem] = emptySession(session) ?? [];
    if (problem !== undefined) throw this.#reply.malformed(`SessionInfo.${member}`, offset, problem);
    return session;
  }

  #readConnections(session: number): ConnectionInfo[] {
    const { at } = this.#session;
    const count = this.#reply.view.getUint32(session + at.ConnectionCount, true);
    if (count === 0) return [];
    const { size } = this.#connection;
    const first = this.#reply.claimArray(session + at.Connections, count, size, 'SessionInfo.Connections');
    const connections = new Array<ConnectionInfo>(count);
    for (let index = 0; index < count; index++) connections[index] = this.#readConnection(first + index * size);
    return connections;
  }

  #readConnection(offset: number): ConnectionInfo {
    const { view } = this.#reply;
    const { at } = this.#connection;
    return {
      connectionId: this.#ids.read(offset + at.ConnectionId),
      initiatorAddress: this.#strings.read(offset + at.InitiatorAddress, 'ConnectionInfo.InitiatorAddress'),
      targetAddress: this.#strings.read(offset + at.TargetAddress, 'ConnectionInfo.TargetAddress'),
      initiatorSocket: view.getUint16(offset + at.InitiatorSocket, true),
      targetSocket: view.getUint16(offset + at.TargetSocket, true),
      cid: hexTwoBytes(view, offset + at.CID),
    };
  }
}
