import { invalidArgument } from '../errors.js';
import { type Layout, layoutOf } from '../memory/layout.js';
import type { ConnectionInfo, SessionInfo } from '../memory/session-list.js';
import { parseUniqueId } from '../memory/unique-id.js';
import { typeOf } from '../native/types.js';
import { type Arrangement, Image, type Piece } from './image.js';

/** Makes bytes of a string, without its terminator. */
export type EncodeText = (text: string) => Buffer;

/** How strings are written: UTF-16LE for the W form, the code page's bytes for the A form. */
export interface TextForm {
  readonly unit: 1 | 2;
  readonly encode: EncodeText;
}

/** What `GetIScsiSessionListA/W` would write for these sessions. */
export function sessionImage(sessions: readonly SessionInfo[], text: TextForm, arrangement?: Arrangement): Image {
  return new SessionImageWriter(text).write(sessions, arrangement);
}

class SessionImageWriter {
  readonly #text: TextForm;
  readonly #session: Layout<'ISCSI_SESSION_INFOW'> = layoutOf('ISCSI_SESSION_INFOW');
  readonly #connection: Layout<'ISCSI_CONNECTION_INFOW'> = layoutOf('ISCSI_CONNECTION_INFOW');
  readonly #rest: Piece[] = [];

  constructor(text: TextForm) {
    this.#text = text;
  }

  write(sessions: readonly SessionInfo[], arrangement: Arrangement | undefined): Image {
    const head = this.#array(sessions, this.#session.size, (bytes, offset, session, pointTo) => {
      const { at } = this.#session;
      writeUniqueId(bytes, offset + at.SessionId, session.sessionId);
      pointTo(offset + at.InitiatorName, this.#string('initiatorName', session.initiatorName));
      pointTo(offset + at.TargetNodeName, this.#string('targetNodeName', session.targetNodeName));
      pointTo(offset + at.TargetName, this.#string('targetName', session.targetName));
      writeHex(bytes, offset + at.ISID, 6, 'isid', session.isid);
      writeHex(bytes, offset + at.TSID, 2, 'tsid', session.tsid);
      bytes.writeUInt32LE(session.connections.length, offset + at.ConnectionCount);
      pointTo(offset + at.Connections, this.#connections(session.connections));
    });
    return new Image(head, this.#rest, typeOf('PVOID').size, arrangement);
  }

  #connections(connections: readonly ConnectionInfo[]): Piece | null {
    if (connections.length === 0) return null;
    const position = this.#rest.length;
    const piece = this.#array(connections, this.#connection.size, (bytes, offset, connection, pointTo) => {
      const { at } = this.#connection;
      writeUniqueId(bytes, offset + at.ConnectionId, connection.connectionId);
      pointTo(offset + at.InitiatorAddress, this.#string('initiatorAddress', connection.initiatorAddress));
      pointTo(offset + at.TargetAddress, this.#string('targetAddress', connection.targetAddress));
      writePort(bytes, offset + at.InitiatorSocket, 'initiatorSocket', connection.initiatorSocket);
      writePort(bytes, offset + at.TargetSocket, 'targetSocket', connection.targetSocket);
      writeHex(bytes, offset + at.CID, 2, 'cid', connection.cid);
    });
    // Before its strings.
    this.#rest.splice(position, 0, piece);
    return piece;
  }

  #array<Item>(
    items: readonly Item[],
    size: number,
    write: (bytes: Buffer, offset: number, item: Item, pointTo: (at: number, to: Piece | null) => void) => void,
  ): Piece {
    const bytes = Buffer.alloc(items.length * size);
    const pointers: { at: number; to: Piece }[] = [];
    for (const [index, item] of items.entries()) {
      write(bytes, index * size, item, (at, to) => {
        if (to) pointers.push({ at, to });
      });
    }
    return { bytes, alignment: 8, pointers };
  }

  #string(member: string, value: string | null): Piece | null {
    if (value === null) return null;
    if (typeof value !== 'string' || value.includes('\0')) {
      throw invalidArgument(`${member} must be null or a string without NUL characters`, value);
    }
    const { unit, encode } = this.#text;
    const piece = { bytes: Buffer.concat([encode(value), Buffer.alloc(unit)]), alignment: unit, pointers: [] };
    this.#rest.push(piece);
    return piece;
  }
}

function writeUniqueId(bytes: Buffer, offset: number, id: string): void {
  const { adapterUnique, adapterSpecific } = parseUniqueId(id);
  bytes.writeBigUInt64LE(adapterUnique, offset);
  bytes.writeBigUInt64LE(adapterSpecific, offset + 8);
}

function writeHex(bytes: Buffer, offset: number, length: number, member: string, text: string): void {
  if (typeof text !== 'string' || !/^([0-9a-f]{2})*$/i.test(text) || text.length !== length * 2) {
    throw invalidArgument(`${member} must be ${length} bytes in hexadecimal`, text);
  }
  bytes.write(text, offset, 'hex');
}

function writePort(bytes: Buffer, offset: number, member: string, port: number): void {
  if (!Number.isInteger(port) || port < 0 || port > 0xffff) {
    throw invalidArgument(`${member} must be a whole number from 0 to 65535`, port);
  }
  bytes.writeUInt16LE(port, offset);
}
