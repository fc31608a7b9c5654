import { Reply } from './reply.js';

/** The memory of a call that fills a buffer: the buffer, and the two numbers that go in and come out. */
export class ReplyMemory {
  readonly size = new Uint32Array(new ArrayBuffer(4));
  readonly count = new Uint32Array(new ArrayBuffer(4));
  readonly bytes: Buffer;
  readonly reply: Reply;

  constructor(length: number, syscall: string) {
    this.bytes = Buffer.allocUnsafeSlow(length).fill(0);
    this.reply = new Reply(this.bytes, syscall);
  }

  /**
   * Forgets the answer: a later call that succeeds without writing must not show it again. Without what lies
   * at the start nothing leads to the rest.
   */
  clear(head: number): void {
    this.bytes.fill(0, 0, head);
  }
}
