import type { Reply } from './reply.js';

/** Decodes bytes of the ANSI code page. */
export type DecodeAnsi = (bytes: Uint8Array) => string;

// Strings of a reply do not overlap, and one is made again only where sessions share it in turns. A reply that would
// make more text than this many times its own size is no honest one.
const MOST_TEXT_PER_BYTE = 16;

/**
 * Reads the strings of some members. Names and addresses repeat from session to session, by pointer or by content:
 * the string made last is kept and compared with, which is cheaper than making it again.
 */
export abstract class StringReader {
  protected readonly reply: Reply;
  readonly #unit: number;
  #lastOffset = -1;
  /** With its terminator. */
  #lastSize = 0;
  #lastText = '';
  #textLeft: number;

  constructor(reply: Reply, unit: number) {
    this.reply = reply;
    this.#unit = unit;
    this.#textLeft = reply.length * MOST_TEXT_PER_BYTE;
  }

  /** The string that the pointer at this offset leads to, null where it is NULL. */
  read(at: number, member: string): string | null {
    const offset = this.reply.pointer(at, member);
    if (offset < 0) return null;
    if (offset === this.#lastOffset || this.#repeatsLast(offset)) return this.#lastText;
    const end = this.end(offset);
    if (end < 0) throw this.reply.malformed(member, at, 'the string does not end inside the buffer');
    this.#textLeft -= end - offset;
    if (this.#textLeft < 0) throw this.reply.malformed(member, at, 'the strings overlap');
    this.#lastText = this.text(offset, end);
    this.#lastOffset = offset;
    this.#lastSize = end + this.#unit - offset;
    return this.#lastText;
  }

  /** The offset of the terminator, -1 where there is none before the end of the reply. */
  protected abstract end(offset: number): number;
  protected abstract text(offset: number, end: number): string;

  #repeatsLast(offset: number): boolean {
    const { view, length } = this.reply;
    const end = offset + this.#lastSize;
    if (this.#lastOffset < 0 || end > length) return false;
    let last = this.#lastOffset;
    let next = offset;
    for (; next + 4 <= end; next += 4, last += 4) {
      if (view.getInt32(next, true) !== view.getInt32(last, true)) return false;
    }
    for (; next < end; next++, last++) {
      if (view.getUint8(next) !== view.getUint8(last)) return false;
    }
    return true;
  }
}

/** UTF-16LE. */
export class WideStringReader extends StringReader {
  constructor(reply: Reply) {
    super(reply, 2);
  }

  protected end(offset: number): number {
    const { view, length } = this.reply;
    for (let at = offset; at + 2 <= length; at += 2) {
      if (view.getUint16(at, true) === 0) return at;
    }
    return -1;
  }

  protected text(offset: number, end: number): string {
    return this.reply.bytes.toString('utf16le', offset, end);
  }
}

/** Bytes of the ANSI code page. */
export class AnsiStringReader extends StringReader {
  readonly #decode: DecodeAnsi;
  /** Of the string whose end was looked for last. */
  #ascii = true;

  constructor(reply: Reply, decode: DecodeAnsi) {
    super(reply, 1);
    this.#decode = decode;
  }

  protected end(offset: number): number {
    const { view, length } = this.reply;
    let seen = 0;
    for (let at = offset; at < length; at++) {
      const byte = view.getUint8(at);
      if (byte === 0) {
        this.#ascii = seen < 0x80;
        return at;
      }
      seen |= byte;
    }
    return -1;
  }

  // All ANSI code pages of Windows have ASCII in common, and no byte of a longer character is 0.
  protected text(offset: number, end: number): string {
    return this.#ascii
      ? this.reply.bytes.toString('latin1', offset, end)
      : this.#decode(this.reply.bytes.subarray(offset, end));
  }
}
