import type { SessionInfo } from 'iscsidsc';
import koffi from 'koffi';
import { Reply } from '../../src/codec/source.js';
import { exampleSessions } from '../../src/simulator/example-sessions.js';
import { Initiator } from '../../src/simulator/initiator.js';
import { sessionImage } from '../../src/simulator/session-image.js';

export type Form = 'unicode' | 'ansi';

const CODE_PAGE = 1252;
const FIRST_SIZE = 32 * 1024;

/** What a call has left in a buffer of the size that the package would give. */
export class ValidReply {
  readonly count: number;
  readonly sessions: SessionInfo[];
  readonly bytes: Buffer;
  /** The package keeps it with its buffer from call to call. */
  readonly reply: Reply;

  constructor(charset: Form, count: number) {
    this.count = count;
    this.sessions = exampleSessions(count);
    const { wide, ansi } = new Initiator(CODE_PAGE);
    const image = sessionImage(this.sessions, charset === 'unicode' ? wide : ansi);
    this.bytes = Buffer.allocUnsafeSlow(Math.max(FIRST_SIZE, image.length)).fill(0);
    image.bytesAt(BigInt(koffi.address(this.bytes))).copy(this.bytes);
    this.reply = new Reply(this.bytes, charset === 'unicode' ? 'GetIScsiSessionListW' : 'GetIScsiSessionListA');
  }
}
