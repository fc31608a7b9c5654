import type { SessionInfo } from 'iscsidsc';
import koffi from 'koffi';
import { SESSION_INFO } from '../../src/codec/session-list.js';
import { Sink } from '../../src/codec/sink.js';
import { Reply } from '../../src/codec/source.js';
import { exampleSessions } from '../../src/simulator/sessions/examples.js';
import { InitiatorState } from '../../src/simulator/state.js';

export type Form = 'unicode' | 'ansi';

const CODE_PAGE = 1252;
const FIRST_SIZE = 32 * 1024;

/** What a call has left in a buffer of the size that the package would give. */
export class ValidReply {
  readonly count: number;
  readonly form: 'A' | 'W';
  readonly sessions: SessionInfo[];
  readonly bytes: Buffer;
  /** The package keeps it with its buffer from call to call. */
  readonly reply: Reply;

  constructor(charset: Form, count: number) {
    this.count = count;
    this.sessions = exampleSessions(count);
    const { wide, ansi } = new InitiatorState(CODE_PAGE);
    const text = charset === 'unicode' ? wide : ansi;
    this.form = text.form;
    const sink = new Sink(text);
    SESSION_INFO.in(text.form).writeArray(sink, this.sessions, 'sessions');
    const placement = sink.place();
    this.bytes = Buffer.allocUnsafeSlow(Math.max(FIRST_SIZE, placement.length)).fill(0);
    placement.writeTo(this.bytes, BigInt(koffi.address(this.bytes)));
    this.reply = new Reply(this.bytes, charset === 'unicode' ? 'GetIScsiSessionListW' : 'GetIScsiSessionListA');
  }
}
