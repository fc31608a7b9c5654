import type { Form } from '../native/types.js';
import type { Reply } from './source.js';

/** Decodes bytes of the ANSI code page. */
export type DecodeAnsi = (bytes: Uint8Array) => string;

/** Reads the strings of a reply. */
export interface Strings {
  /** The string that the pointer at this offset leads to, null where it is NULL. */
  read(at: number, member: string): string | null;
  /** The text of a character array of this size in bytes, to its terminator. */
  fixed(offset: number, size: number, member: string): string;
  /** The multi-string at the start: each string ends with NUL, the list with one more, and what follows is noise. */
  list(member: string): string[];
}

/** The strings of a reply of the W form, or of the A form with a decoder for its code page. */
export function stringsOf(reply: Reply, decodeAnsi?: DecodeAnsi): Strings {
  return decodeAnsi ? new AnsiStrings(reply, decodeAnsi) : new WideStrings(reply);
}

// To make a string costs a native call, more than all else. So text is made of a whole block of the reply at once, and
// strings are cut out of it, which is cheap: V8 lets them share the block's characters. The price is that a string
// keeps its block alive, so a block is small.
const BLOCK_BITS = 11;
const BLOCK_SIZE = 1 << BLOCK_BITS;
const BLOCK_MASK = BLOCK_SIZE - 1;

// Strings of a reply do not overlap. A reply that would make more text than this many times its own size is no honest
// one; strings that are cut out of a block make none.
const MOST_TEXT_PER_BYTE = 16;

abstract class StringReader implements Strings {
  protected readonly reply: Reply;
  protected abstract readonly unit: number;
  readonly #blocks: (string | undefined)[];
  #textLeft: number;

  constructor(reply: Reply) {
    this.reply = reply;
    this.#blocks = new Array(Math.ceil(reply.length / BLOCK_SIZE));
    this.#textLeft = reply.length * MOST_TEXT_PER_BYTE;
  }

  read(at: number, member: string): string | null {
    const offset = this.reply.pointer(at, member);
    if (offset < 0) return null;
    const end = this.findEnd(offset, this.reply.length);
    if (end < 0) throw this.reply.malformed(member, at, 'the string does not end inside the buffer');
    const index = offset >>> BLOCK_BITS;
    if (index === end >>> BLOCK_BITS) {
      const block = this.#blocks[index] ?? this.#addBlock(index);
      const text = this.cut(block, offset & BLOCK_MASK, end & BLOCK_MASK);
      if (text !== null) return text;
    }
    this.#textLeft -= end - offset;
    if (this.#textLeft < 0) throw this.reply.malformed(member, at, 'the strings overlap');
    return this.decode(offset, end);
  }

  fixed(offset: number, size: number, member: string): string {
    const end = this.findEnd(offset, offset + size);
    if (end < 0) throw this.reply.malformed(member, offset, 'the string does not end inside its array');
    return this.decode(offset, end);
  }

  list(member: string): string[] {
    const texts: string[] = [];
    for (let offset = 0, end = 0; offset < this.reply.length; offset = end + this.unit) {
      end = this.findEnd(offset, this.reply.length);
      if (end === offset) return texts;
      if (end < 0) break;
      texts.push(this.decode(offset, end));
    }
    if (this.reply.length === 0) return texts;
    throw this.reply.malformed(member, undefined, 'the list does not end inside the buffer');
  }

  #addBlock(index: number): string {
    const start = index << BLOCK_BITS;
    const block = this.makeBlock(start, Math.min(start + BLOCK_SIZE, this.reply.length));
    this.#blocks[index] = block;
    return block;
  }

  /** The offset of the terminator, -1 where there is none before the limit. */
  protected abstract findEnd(offset: number, limit: number): number;
  protected abstract makeBlock(start: number, end: number): string;
  /** The text between these offsets of a block, null where it takes more than cutting. */
  protected abstract cut(block: string, start: number, end: number): string | null;
  protected abstract decode(offset: number, end: number): string;
}

/** UTF-16LE. */
class WideStrings extends StringReader {
  protected readonly unit = 2;

  protected findEnd(offset: number, limit: number): number {
    const { view } = this.reply;
    let at = offset;
    for (; at + 4 <= limit; at += 4) {
      const two = view.getInt32(at, true);
      // Whether one of the two units is 0: then a borrow reaches its highest bit.
      if (((two - 0x10001) & ~two & 0x80008000) !== 0) return (two & 0xffff) === 0 ? at : at + 2;
    }
    return at + 2 <= limit && view.getUint16(at, true) === 0 ? at : -1;
  }

  protected makeBlock(start: number, end: number): string {
    return this.decode(start, end);
  }

  protected cut(block: string, start: number, end: number): string | null {
    return (start & 1) === 0 ? block.substring(start >> 1, end >> 1) : null;
  }

  protected decode(offset: number, end: number): string {
    return this.reply.bytes.toString('utf16le', offset, end);
  }
}

/**
 * Bytes of the ANSI code page. All pages that Windows has for it have ASCII in common, and no byte of a longer
 * character is 0: ASCII alone, the common case, needs no decoder.
 */
class AnsiStrings extends StringReader {
  protected readonly unit = 1;
  readonly #decodeAnsi: DecodeAnsi;
  /** Of the string whose end was looked for last. */
  #ascii = true;

  constructor(reply: Reply, decodeAnsi: DecodeAnsi) {
    super(reply);
    this.#decodeAnsi = decodeAnsi;
  }

  protected findEnd(offset: number, limit: number): number {
    const { view } = this.reply;
    let seen = 0;
    for (let at = offset; at < limit; at++) {
      const byte = view.getUint8(at);
      if (byte === 0) {
        this.#ascii = seen < 0x80;
        return at;
      }
      seen |= byte;
    }
    this.#ascii = seen < 0x80;
    return -1;
  }

  protected makeBlock(start: number, end: number): string {
    return this.reply.bytes.toString('latin1', start, end);
  }

  protected cut(block: string, start: number, end: number): string | null {
    return this.#ascii ? block.substring(start, end) : null;
  }

  protected decode(offset: number, end: number): string {
    if (this.#ascii) return this.makeBlock(offset, end);
    return this.#decodeAnsi(this.reply.bytes.subarray(offset, end));
  }
}

export function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is meant
  return /^[\x00-\x7f]*$/.test(text);
}

/** Bytes of a character. */
export function characterSize(form: Form): number {
  return form === 'A' ? 1 : 2;
}
