import type { Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import { structs } from 'iscsidsc/raw';
import koffi, { type TypeObject } from 'koffi';

/** The buffer of a call, to be filled by hand. */
export class Page {
  readonly bytes: Buffer;
  readonly #base: bigint;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.#base = BigInt(koffi.address(bytes));
  }

  get length(): number {
    return this.bytes.length;
  }

  session(index: number, members: Readonly<Record<string, number>>): void {
    this.#struct(structs.ISCSI_SESSION_INFOW, index * structs.ISCSI_SESSION_INFOW.size, members);
  }

  connection(offset: number, members: Readonly<Record<string, number>>): void {
    this.#struct(structs.ISCSI_CONNECTION_INFOW, offset, members);
  }

  /** An id of 1-0 for each: a session with neither an id nor a name is refused. */
  nameSessions(count: number): void {
    const { size } = structs.ISCSI_SESSION_INFOW;
    for (let at = 0; at < count * size && at + 8 <= this.length; at += size) {
      if (this.bytes.readBigUInt64LE(at) === 0n) this.bytes.writeUInt8(1, at);
    }
  }

  /** UTF-16LE with its terminator. */
  wide(offset: number, text: string): void {
    this.bytes.write(`${text}\0`, offset, 'utf16le');
  }

  /** Bytes with their terminator. */
  ansi(offset: number, text: string): void {
    this.bytes.write(`${text}\0`, offset, 'latin1');
  }

  /** Numbers as they are, pointers as offsets from the start of the buffer. */
  #struct({ members: known }: TypeObject, offset: number, members: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(members)) {
      const member = known?.[name];
      if (member === undefined) throw new Error(`no member ${name}`);
      // Koffi takes a pointer to UTF-16 for a string.
      const isPointer = ['Pointer', 'String16'].includes(member.type.primitive);
      const number = isPointer ? this.#base + BigInt(value) : BigInt(value);
      const at = offset + member.offset;
      for (let byte = 0; byte < member.type.size; byte++) {
        this.bytes.writeUInt8(Number((number >> BigInt(8 * byte)) & 0xffn), at + byte);
      }
    }
  }
}

/**
 * Fills the page and says how many sessions there are, and how many bytes they take where that is not all. They are all
 * given an id, unless they are to be left bare.
 */
export type Fill = (page: Page) => number | { count: number; size: number; bare?: boolean };

/** A library whose answers are made byte by byte. Asks first for a buffer of the size that is wanted. */
export class MadeLibrary implements Library {
  readonly name = 'made';
  readonly #fill: Fill;
  readonly #wanted: number | undefined;

  constructor(fill: Fill, wanted?: number) {
    this.#fill = fill;
    this.#wanted = wanted;
  }

  func<Name extends ExportName>(_name: Name): NativeFunction<Name> {
    const answer = (size: Uint32Array, count: Uint32Array, bytes: Buffer | null) => this.#answer(size, count, bytes);
    const async = (
      size: Uint32Array,
      count: Uint32Array,
      bytes: Buffer | null,
      done: (error: null, status: number) => void,
    ) => setImmediate(() => done(null, this.#answer(size, count, bytes)));
    return Object.assign(answer, { async }) as unknown as NativeFunction<Name>;
  }

  decodeAnsi(bytes: Uint8Array): string {
    return Buffer.from(bytes).toString('latin1');
  }

  encodeAnsi(text: string): Uint8Array {
    return Buffer.from(text, 'latin1');
  }

  #answer(size: Uint32Array, count: Uint32Array, bytes: Buffer | null): number {
    const given = bytes?.length ?? 0;
    const wanted = this.#wanted ?? given;
    // 998 first, so that the buffer is given at just the size asked for.
    if (bytes !== null && given !== wanted) return 998;
    if (bytes === null) {
      size[0] = wanted;
      return 122;
    }
    const page = new Page(bytes);
    const filled = this.#fill(page);
    const {
      count: sessions,
      size: used,
      bare = false,
    } = typeof filled === 'number' ? { count: filled, size: given } : filled;
    if (!bare) page.nameSessions(sessions);
    count[0] = sessions;
    size[0] = used;
    return 0;
  }
}
