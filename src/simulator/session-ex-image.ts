import { layoutOf } from '../codec/layout.js';
import { numberOf } from '../codec/named-numbers.js';
import {
  AUTH_TYPES,
  CONNECTION_STATES,
  type ConnectionInfoEx,
  DIGESTS,
  PROTOCOLS,
  SESSION_TYPES,
  type SessionInfoEx,
} from '../codec/session-list-ex.js';
import type { Shape } from './faults.js';
import type { Arrangement, Image, Piece } from './image.js';
import { ImageBuilder, type TextForm } from './image-builder.js';

/** What `GetIScsiSessionListEx` would write. */
export function sessionExImage(sessions: readonly SessionInfoEx[], text: TextForm, arrangement?: Arrangement): Image {
  const builder = new ImageBuilder(text);
  const { at, size } = layoutOf('ISCSI_SESSION_INFO_EX');
  return builder.image(
    'negotiated parameters',
    sessions,
    size,
    (session, struct) => {
      struct.uniqueId(at.SessionId, session.sessionId);
      struct.flag(at.InitialR2t, session.initialR2t);
      struct.flag(at.ImmediateData, session.immediateData);
      struct.uint(at.Type, 1, 'type', numberOf(SESSION_TYPES, session.type));
      struct.flag(at.DataSequenceInOrder, session.dataSequenceInOrder);
      struct.flag(at.DataPduInOrder, session.dataPduInOrder);
      struct.uint(at.ErrorRecoveryLevel, 1, 'errorRecoveryLevel', session.errorRecoveryLevel);
      struct.uint(at.MaxOutstandingR2t, 4, 'maxOutstandingR2t', session.maxOutstandingR2t);
      struct.uint(at.FirstBurstLength, 4, 'firstBurstLength', session.firstBurstLength);
      struct.uint(at.MaxBurstLength, 4, 'maxBurstLength', session.maxBurstLength);
      struct.uint(at.MaximumConnections, 4, 'maximumConnections', session.maximumConnections);
      struct.pointer(at.Connections, connectionArray(builder, session.connections));
      struct.uint(at.ConnectionCount, 4, 'connections', session.connections.length);
    },
    arrangement,
  );
}

function connectionArray(builder: ImageBuilder, connections: readonly ConnectionInfoEx[]): Piece | null {
  const { at, size } = layoutOf('ISCSI_CONNECTION_INFO_EX');
  return builder.array('connections', connections, size, (connection, struct) => {
    struct.uniqueId(at.ConnectionId, connection.connectionId);
    struct.uint(at.State, 1, 'state', numberOf(CONNECTION_STATES, connection.state));
    struct.uint(at.Protocol, 1, 'protocol', numberOf(PROTOCOLS, connection.protocol));
    struct.uint(at.HeaderDigest, 1, 'headerDigest', numberOf(DIGESTS, connection.headerDigest));
    struct.uint(at.DataDigest, 1, 'dataDigest', numberOf(DIGESTS, connection.dataDigest));
    struct.uint(at.MaxRecvDataSegmentLength, 4, 'maxRecvDataSegmentLength', connection.maxRecvDataSegmentLength);
    struct.uint(at.AuthType, 4, 'authType', numberOf(AUTH_TYPES, connection.authType));
    struct.uint64(at.EstimatedThroughput, BigInt(connection.estimatedThroughput));
    struct.uint(at.MaxDatagramSize, 4, 'maxDatagramSize', connection.maxDatagramSize);
  });
}

/** What can be spoilt in it. */
export function sessionExShape(): Shape {
  const { at, size } = layoutOf('ISCSI_SESSION_INFO_EX');
  const connections = { pointer: at.Connections, count: at.ConnectionCount };
  return { structSize: size, array: { ...connections, structSize: layoutOf('ISCSI_CONNECTION_INFO_EX').size } };
}
