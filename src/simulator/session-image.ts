import { layoutOf } from '../codec/layout.js';
import type { ConnectionInfo, SessionInfo } from '../codec/session-list.js';
import type { Shape } from './faults.js';
import type { Arrangement, Image, Piece } from './image.js';
import { ImageBuilder, type TextForm } from './image-builder.js';

/** What `GetIScsiSessionListA/W` would write for these sessions. */
export function sessionImage(sessions: readonly SessionInfo[], text: TextForm, arrangement?: Arrangement): Image {
  const builder = new ImageBuilder(text);
  const { at, size } = layoutOf('ISCSI_SESSION_INFOW');
  return builder.image(
    'sessions',
    sessions,
    size,
    (session, struct) => {
      struct.uniqueId(at.SessionId, session.sessionId);
      struct.pointer(at.InitiatorName, builder.string('initiatorName', session.initiatorName));
      struct.pointer(at.TargetNodeName, builder.string('targetNodeName', session.targetNodeName));
      struct.pointer(at.TargetName, builder.string('targetName', session.targetName));
      struct.hex(at.ISID, 6, 'isid', session.isid);
      struct.hex(at.TSID, 2, 'tsid', session.tsid);
      struct.pointer(at.Connections, connectionArray(builder, session.connections));
      struct.uint(at.ConnectionCount, 4, 'connections', session.connections.length);
    },
    arrangement,
  );
}

function connectionArray(builder: ImageBuilder, connections: readonly ConnectionInfo[]): Piece | null {
  const { at, size } = layoutOf('ISCSI_CONNECTION_INFOW');
  return builder.array('connections', connections, size, (connection, struct) => {
    struct.uniqueId(at.ConnectionId, connection.connectionId);
    struct.pointer(at.InitiatorAddress, builder.string('initiatorAddress', connection.initiatorAddress));
    struct.pointer(at.TargetAddress, builder.string('targetAddress', connection.targetAddress));
    struct.uint(at.InitiatorSocket, 2, 'initiatorSocket', connection.initiatorSocket);
    struct.uint(at.TargetSocket, 2, 'targetSocket', connection.targetSocket);
    struct.hex(at.CID, 2, 'cid', connection.cid);
  });
}

/** What can be spoilt in it. */
export function sessionShape(): Shape {
  const { at, size } = layoutOf('ISCSI_SESSION_INFOW');
  const connections = { pointer: at.Connections, count: at.ConnectionCount };
  return {
    structSize: size,
    string: at.TargetName,
    array: { ...connections, structSize: layoutOf('ISCSI_CONNECTION_INFOW').size },
  };
}
