import { layoutOf } from './layout.js';
import { type Named, nameOf } from './named-numbers.js';
import type { Reply } from './source.js';
import { UniqueIdReader } from './unique-id.js';

export const SESSION_TYPES = ['discovery', 'informational', 'data', 'boot'] as const;
export const CONNECTION_STATES = ['loggingIn', 'fullFeaturePhase', 'loggingOut'] as const;
export const DIGESTS = ['none', 'crc32c'] as const;
export const AUTH_TYPES = ['none', 'chap', 'mutualChap'] as const;
export const PROTOCOLS = { 6: 'tcp' } as const;

/** What was negotiated for a connection. Sizes are in bytes. A number without a known name stays a number. */
export interface ConnectionInfoEx {
  /** `ffffe00112345010-1b`, as in `ConnectionInfo`. */
  connectionId: string;
  /** Where the connection is in its login or logout. */
  state: Named<(typeof CONNECTION_STATES)[number]>;
  /** What carries the connection. */
  protocol: Named<'tcp'>;
  /** The checksum of the headers. */
  headerDigest: Named<(typeof DIGESTS)[number]>;
  /** The checksum of the data. */
  dataDigest: Named<(typeof DIGESTS)[number]>;
  /** The longest data segment that may be received in a PDU, in bytes. */
  maxRecvDataSegmentLength: number;
  /** How the two ends proved who they are. */
  authType: Named<(typeof AUTH_TYPES)[number]>;
  /** As reported, in a unit that Microsoft does not name; above 2^53 not exact. */
  estimatedThroughput: number;
  /** The longest datagram that the transport takes, in bytes. */
  maxDatagramSize: number;
}

/** What was negotiated for a session. Sizes are in bytes. A number without a known name stays a number. */
export interface SessionInfoEx {
  /** `ffffe00112345010-4000013700000000`, as in `SessionInfo`. */
  sessionId: string;
  /** Whether the initiator must wait for an R2T before it sends data. */
  initialR2t: boolean;
  /** Whether data may come with the command. */
  immediateData: boolean;
  /** What the session is for. */
  type: Named<(typeof SESSION_TYPES)[number]>;
  /** Whether sequences of data come in order. */
  dataSequenceInOrder: boolean;
  /** Whether the PDUs of a sequence come in order. */
  dataPduInOrder: boolean;
  /** 0, 1 or 2, as RFC 7143 has them. */
  errorRecoveryLevel: number;
  /** How many R2Ts a command may have open. */
  maxOutstandingR2t: number;
  /** The most data that goes out unasked, in bytes. */
  firstBurstLength: number;
  /** The longest sequence of data, in bytes. */
  maxBurstLength: number;
  /** The most connections that the session may have. */
  maximumConnections: number;
  /** One for each connection of the session. */
  connections: ConnectionInfoEx[];
}

/** Reads the answer of `GetIScsiSessionListEx`. */
export function readSessionListEx(reply: Reply, count: number): SessionInfoEx[] {
  const { size } = layoutOf('ISCSI_SESSION_INFO_EX');
  const ids = new UniqueIdReader(reply.view);
  reply.claimHead(count, size, 'SessionCount');
  return Array.from({ length: count }, (_, index) => readSession(reply, ids, index * size));
}

function readSession(reply: Reply, ids: UniqueIdReader, offset: number): SessionInfoEx {
  const { at } = layoutOf('ISCSI_SESSION_INFO_EX');
  const { view } = reply;
  const flag = (member: number) => view.getUint8(offset + member) !== 0;
  const number = (member: number) => view.getUint32(offset + member, true);
  return {
    sessionId: ids.read(offset + at.SessionId),
    initialR2t: flag(at.InitialR2t),
    immediateData: flag(at.ImmediateData),
    type: nameOf(SESSION_TYPES, view.getUint8(offset + at.Type)),
    dataSequenceInOrder: flag(at.DataSequenceInOrder),
    dataPduInOrder: flag(at.DataPduInOrder),
    errorRecoveryLevel: view.getUint8(offset + at.ErrorRecoveryLevel),
    maxOutstandingR2t: number(at.MaxOutstandingR2t),
    firstBurstLength: number(at.FirstBurstLength),
    maxBurstLength: number(at.MaxBurstLength),
    maximumConnections: number(at.MaximumConnections),
    connections: readConnections(reply, ids, offset),
  };
}

function readConnections(reply: Reply, ids: UniqueIdReader, session: number): ConnectionInfoEx[] {
  const { at } = layoutOf('ISCSI_SESSION_INFO_EX');
  const { size } = layoutOf('ISCSI_CONNECTION_INFO_EX');
  const count = reply.view.getUint32(session + at.ConnectionCount, true);
  if (count === 0) return [];
  const first = reply.claimArray(session + at.Connections, count, size, 'SessionInfo.Connections');
  return Array.from({ length: count }, (_, index) => readConnection(reply, ids, first + index * size));
}

function readConnection({ view }: Reply, ids: UniqueIdReader, offset: number): ConnectionInfoEx {
  const { at } = layoutOf('ISCSI_CONNECTION_INFO_EX');
  return {
    connectionId: ids.read(offset + at.ConnectionId),
    state: nameOf(CONNECTION_STATES, view.getUint8(offset + at.State)),
    protocol: nameOf(PROTOCOLS, view.getUint8(offset + at.Protocol)),
    headerDigest: nameOf(DIGESTS, view.getUint8(offset + at.HeaderDigest)),
    dataDigest: nameOf(DIGESTS, view.getUint8(offset + at.DataDigest)),
    maxRecvDataSegmentLength: view.getUint32(offset + at.MaxRecvDataSegmentLength, true),
    authType: nameOf(AUTH_TYPES, view.getInt32(offset + at.AuthType, true)),
    estimatedThroughput: Number(view.getBigUint64(offset + at.EstimatedThroughput, true)),
    maxDatagramSize: view.getUint32(offset + at.MaxDatagramSize, true),
  };
}
