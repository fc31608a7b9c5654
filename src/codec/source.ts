import { IscsidscError } from '../errors.js';
import { koffi } from '../native/koffi.js';
import { type DecodeAnsi, type Strings, stringsOf } from './strings.js';
import { UniqueIdReader } from './unique-id.js';

const REPORT = 'Windows, or this package, has a bug: please report it with the version of Windows.';
/** What to do about an answer that Windows only passes on. */
export const OF_DEVICE =
  'The device does not follow the SCSI standard here: look for newer firmware or software of the target.';

/**
 * The bytes that a call has filled, in the caller's own buffer. Whatever they hold, nothing outside of them is read:
 * a pointer becomes an offset and is checked, and never followed natively.
 */
export class Reply {
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly length: number;
  readonly syscall: string;
  /** The address of the first byte. Addresses of user space are below 2^53: a double holds them. */
  readonly #base: number;
  readonly #wide: boolean;
  readonly #hint: string;
  /** Pointers must lead behind this: the array at the start holds no strings. */
  #floor = 0;
  #claimed = 0;

  /** `hint` says what to do about a malformed one. */
  constructor(bytes: Buffer, syscall: string, hint = REPORT) {
    this.bytes = bytes;
    this.#hint = hint;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.length = bytes.byteLength;
    this.syscall = syscall;
    this.#base = Number(koffi().address(bytes));
    this.#wide = koffi().sizeof('void *') === 8;
  }

  /** Claims the array of structs at the start of the reply. */
  claimHead(count: number, size: number, countMember: string): void {
    this.#floor = count * size;
    this.#claimed = this.#floor;
    if (this.#floor > this.length) throw this.malformed(countMember, undefined, this.#tooMany(count, size));
  }

  /**
   * Claims the array that the pointer at this offset leads to, and returns the array's offset. Arrays share no bytes, so
   * that all of them together fit into the buffer: a small reply cannot ask for a huge result.
   */
  claimArray(at: number, count: number, size: number, member: string): number {
    const offset = this.pointer(at, member);
    if (offset < 0) throw this.malformed(member, at, `NULL for ${count} ${size === 1 ? 'bytes' : 'structs'}`);
    this.#claimed += count * size;
    if (offset + count * size > this.length || this.#claimed > this.length) {
      throw this.malformed(member, at, this.#tooMany(count, size));
    }
    return offset;
  }

  /** Claims the array that begins inside the first struct, at this offset. */
  claimInline(at: number, count: number, size: number, member: string): void {
    const end = at + count * size;
    if (end > this.length) throw this.malformed(member, at, this.#tooMany(count, size));
    if (end > this.#floor) this.#floor = end;
  }

  /** The offset that the pointer at this offset leads to, -1 where it is NULL. */
  pointer(at: number, member: string): number {
    const low = this.view.getUint32(at, true);
    const high = this.#wide ? this.view.getUint32(at + 4, true) : 0;
    if (low === 0 && high === 0) return -1;
    // Not exact above 2^53, but then it is far outside in any case.
    const offset = high * 0x1_0000_0000 + low - this.#base;
    // The bitwise operation tells V8 that offsets are small integers, which makes the readers' arithmetic fast.
    if (offset >= this.#floor && offset < this.length) return offset | 0;
    throw this.malformed(member, at, 'the pointer leads to where nothing of the kind can be');
  }

  malformed(member: string, offset: number | undefined, problem: string): IscsidscError {
    const place = offset === undefined ? '' : ` at offset ${offset}`;
    return new IscsidscError(
      'ERR_ISCSIDSC_MALFORMED_REPLY',
      `${this.syscall} gave a reply that cannot be right: ${member}${place}: ${problem}.`,
      { hint: this.#hint, syscall: this.syscall, member, ...(offset === undefined ? {} : { offset }) },
    );
  }

  #tooMany(count: number, size: number): string {
    const what = size === 1 ? `${count} bytes` : `${count} structs of ${size} bytes`;
    return `${what} do not fit into the ${this.length} bytes of the buffer`;
  }
}

/** One reading of a reply: the form of its strings, and what is remembered from struct to struct. */
export class Source {
  readonly reply: Reply;
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly strings: Strings;
  readonly ids: UniqueIdReader;

  /** Strings are read with the decoder of the A form, as UTF-16 without one. */
  constructor(reply: Reply, decodeAnsi?: DecodeAnsi) {
    this.reply = reply;
    this.bytes = reply.bytes;
    this.view = reply.view;
    this.strings = stringsOf(reply, decodeAnsi);
    this.ids = new UniqueIdReader(reply.view);
  }
}

/** The memory of a call that fills a buffer: the buffer, and the two numbers that go in and come out. */
export class ReplyMemory {
  readonly size = new Uint32Array(new ArrayBuffer(4));
  readonly count = new Uint32Array(new ArrayBuffer(4));
  readonly bytes: Buffer;
  /** The argument: NULL where only the size is asked for. */
  readonly buffer: Buffer | null;
  readonly reply: Reply;

  constructor(length: number, syscall: string) {
    this.bytes = Buffer.allocUnsafeSlow(length).fill(0);
    this.buffer = length === 0 ? null : this.bytes;
    this.reply = new Reply(this.bytes, syscall);
  }

  /**
   * Forgets the answer: a later call that succeeds without writing must not show it again. Without what lies
   * at the start nothing leads to the rest.
   */
  clear(head: number): void {
    if (head > 0) this.bytes.fill(0, 0, head);
  }
}

/** An id that a call has written. Throws `ERR_ISCSIDSC_MALFORMED_REPLY` if it has not. */
export function readUniqueId(bytes: Buffer, syscall: string, member: string): string {
  const reply = new Reply(bytes, syscall);
  const id = new UniqueIdReader(reply.view).read(0);
  if (id === '0-0')
    throw reply.malformed(
      member,
      0,
      'no id was written, although the call has succeeded and what it was asked for is done',
    );
  return id;
}
