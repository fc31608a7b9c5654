import type { SessionInfo } from 'iscsidsc';
import koffi from 'koffi';
import type { Form } from './valid-reply.js';

interface Id {
  AdapterUnique: number | bigint;
  AdapterSpecific: number | bigint;
}

interface Connection {
  ConnectionId: Id;
  InitiatorAddress: string | null;
  TargetAddress: string | null;
  InitiatorSocket: number;
  TargetSocket: number;
  CID: Uint8Array;
}

/** A session as Koffi gives it. */
export interface PlainSession {
  SessionId: Id;
  InitiatorName: string | null;
  TargetNodeName: string | null;
  TargetName: string | null;
  ISID: Uint8Array;
  TSID: Uint8Array;
  ConnectionCount: number;
  Connections: Connection[];
}

/**
 * The obvious way: the structs are declared to Koffi with their strings, and Koffi follows the pointers. The connections
 * take a second koffi.decode. Ids and byte arrays stay as Koffi gives them.
 */
export class PlainKoffi {
  readonly #session: ReturnType<typeof koffi.struct>;
  readonly #connection: ReturnType<typeof koffi.struct>;

  constructor(charset: Form) {
    const string = charset === 'unicode' ? 'str16' : 'str';
    const id = koffi.struct({ AdapterUnique: 'uint64', AdapterSpecific: 'uint64' });
    this.#connection = koffi.struct({
      ConnectionId: id,
      InitiatorAddress: string,
      TargetAddress: string,
      InitiatorSocket: 'uint16',
      TargetSocket: 'uint16',
      CID: koffi.array('uint8', 2),
    });
    this.#session = koffi.struct({
      SessionId: id,
      InitiatorName: string,
      TargetNodeName: string,
      TargetName: string,
      ISID: koffi.array('uint8', 6),
      TSID: koffi.array('uint8', 2),
      ConnectionCount: 'uint32',
      Connections: koffi.pointer(this.#connection),
    });
  }

  decode(bytes: Buffer, count: number): PlainSession[] {
    // With a count, koffi.decode gives what it gives for a koffi.array of so many, in the same time.
    const sessions = koffi.decode(bytes, this.#session, count);
    for (const session of sessions) {
      session.Connections = koffi.decode(session.Connections, this.#connection, session.ConnectionCount);
    }
    return sessions;
  }
}

/** The same session as the package gives it, to see that both ways decode the same. */
export function asSessionInfo(session: PlainSession): SessionInfo {
  return {
    sessionId: idText(session.SessionId),
    initiatorName: session.InitiatorName,
    targetNodeName: session.TargetNodeName,
    targetName: session.TargetName,
    isid: hex(session.ISID),
    tsid: hex(session.TSID),
    connections: session.Connections.map(connection => ({
      connectionId: idText(connection.ConnectionId),
      initiatorAddress: connection.InitiatorAddress,
      targetAddress: connection.TargetAddress,
      initiatorSocket: connection.InitiatorSocket,
      targetSocket: connection.TargetSocket,
      cid: hex(connection.CID),
    })),
  };
}

function idText({ AdapterUnique, AdapterSpecific }: Id): string {
  return `${AdapterUnique.toString(16)}-${AdapterSpecific.toString(16)}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
