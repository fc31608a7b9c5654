import { layoutOf } from './layout.js';
import { type Named, nameOf } from './named-numbers.js';
import type { Reply } from './reply.js';
import { UniqueIdReader } from './unique-id-reader.js';

export const SESSION_TYPES = ['discovery', 'informational', 'data', 'boot'] as const;
export const CONNECTION_STATES = ['loggingIn', 'fullFeaturePhase', 'loggingOut'] as const;
export const DIGESTS = ['none', 'crc32c'] as const;
export const AUTH_TYPES = ['none', 'chap', 'mutualChap'] as const;
export const PROTOCOLS = { 6: 'tcp' } as const;

/** What was negotiated for a connection. Sizes are in bytes. A number without a known name stays a number. */
export interface ConnectionInfoEx {
  /** `ffffe00112345010-1b`, as in `ConnectionInfo`. */
  connectionId: string;
  state: Named<(typeof CONNECTION_STATES)[number]>;
  protocol: Named<'tcp'>;
  headerDigest: Named<(typeof DIGESTS)[number]>;
  dataDigest: Named<(typeof DIGESTS)[number]>;
  maxRecvDataSegmentLength: number;
  authType: Named<(typeof AUTH_TYPES)[number]>;
  /** As reported, in a unit that Microsoft does not name; above 2^53 not exact. */
  estimatedThroughput: number;
  maxDatagramSize: number;
}

/** What was negotiated for a session. Sizes are in bytes. A number without a known name stays a number. */
export interface SessionInfoEx {
  /** `ffffe00112345010-4000013700000000`, as in `SessionInfo`. */
  sessionId: string;
  initialR2t: boolean;
  immediateData: boolean;
  type: Named<(typeof SESSION_TYPES)[number]>;
  dataSequenceInOrder: boolean;
  dataPduInOrder: boolean;
  errorRecoveryLevel: number;
  maxOutstandingR2t: number;
  firstBurstLength: number;
  maxBurstLength: number;
  maximumConnections: number;
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
