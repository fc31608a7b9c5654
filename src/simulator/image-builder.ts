import { uniqueIdBytes } from '../codec/unique-id.js';
import { invalidArgument } from '../errors.js';
import { typeOf } from '../native/types.js';
import { type Arrangement, Image, type Piece } from './image.js';

/** How strings are written: UTF-16LE for the W form, the code page's bytes for the A form. */
export interface TextForm {
  readonly form: 'A' | 'W';
  readonly unit: 1 | 2;
  /** Makes bytes of a string, without its terminator. */
  encode(text: string): Buffer;
}

/** Writes one struct at an offset of its array. */
type WriteStruct<Item> = (item: Item, struct: StructWriter) => void;

/** Builds an answer: an array of structs at the start, and what its pointers lead to. */
export class ImageBuilder {
  readonly #text: TextForm;
  readonly #rest: Piece[] = [];

  constructor(text: TextForm) {
    this.#text = text;
  }

  /** The answer with this array at its start; all that the array points to is made meanwhile. */
  image<Item>(
    what: string,
    items: readonly Item[],
    size: number,
    write: WriteStruct<Item>,
    arrangement?: Arrangement,
  ): Image {
    const head = this.#piece(what, items, size, write);
    return new Image(head, this.#rest, typeOf('PVOID').size, arrangement);
  }

  /** An array that a pointer leads to, null where it is empty. */
  array<Item>(what: string, items: readonly Item[], size: number, write: WriteStruct<Item>): Piece | null {
    const position = this.#rest.length;
    const piece = this.#piece(what, items, size, write);
    if (items.length === 0) return null;
    // Before its strings.
    this.#rest.splice(position, 0, piece);
    return piece;
  }

  /** A string that a pointer leads to. */
  string(member: string, value: string | null): Piece | null {
    if (value === null) return null;
    if (typeof value !== 'string' || value.includes('\0')) {
      throw invalidArgument(`${member} must be null or a string without NUL characters`, value);
    }
    const { unit } = this.#text;
    const piece = {
      bytes: Buffer.concat([this.#text.encode(value), Buffer.alloc(unit)]),
      alignment: unit,
      pointers: [],
    };
    this.#rest.push(piece);
    return piece;
  }

  #piece<Item>(what: string, items: readonly Item[], size: number, write: WriteStruct<Item>): Piece {
    if (!Array.isArray(items)) throw invalidArgument(`The ${what} must be an array`, items);
    const bytes = Buffer.alloc(items.length * size);
    const pointers: { at: number; to: Piece }[] = [];
    for (const [index, item] of items.entries()) {
      if (Object(item) !== item) throw invalidArgument(`Each of the ${what} must be an object`, item);
      write(item, new StructWriter(this.#text, bytes, index * size, pointers));
    }
    return { bytes, alignment: 8, pointers };
  }
}

/** Writes the members of a struct, and refuses values that they cannot hold. */
class StructWriter {
  readonly #text: TextForm;
  readonly #bytes: Buffer;
  readonly #offset: number;
  readonly #pointers: { at: number; to: Piece }[];

  constructor(text: TextForm, bytes: Buffer, offset: number, pointers: { at: number; to: Piece }[]) {
    this.#text = text;
    this.#bytes = bytes;
    this.#offset = offset;
    this.#pointers = pointers;
  }

  pointer(at: number, to: Piece | null): void {
    if (to) this.#pointers.push({ at: this.#offset + at, to });
  }

  uniqueId(at: number, id: string): void {
    this.bytes(at, uniqueIdBytes(id));
  }

  hex(at: number, length: number, member: string, text: string): void {
    if (typeof text !== 'string' || !/^([0-9a-f]{2})*$/i.test(text) || text.length !== length * 2) {
      throw invalidArgument(`${member} must be ${length} bytes in hexadecimal`, text);
    }
    this.#bytes.write(text, this.#offset + at, 'hex');
  }

  uint(at: number, size: 1 | 2 | 4, member: string, value: number): void {
    const most = 2 ** (size * 8) - 1;
    if (!Number.isInteger(value) || value < 0 || value > most) {
      throw invalidArgument(`${member} must be a whole number from 0 to ${most}`, value);
    }
    this.#bytes.writeUIntLE(value, this.#offset + at, size);
  }

  bytes(at: number, bytes: Buffer): void {
    bytes.copy(this.#bytes, this.#offset + at);
  }

  uint64(at: number, value: bigint): void {
    this.#bytes.writeBigUInt64LE(value, this.#offset + at);
  }

  flag(at: number, value: boolean): void {
    this.#bytes.writeUInt8(value ? 1 : 0, this.#offset + at);
  }

  /** A string inside the struct, in an array of so many bytes. */
  fixed(at: number, size: number, member: string, value: string): void {
    if (typeof value !== 'string' || value.includes('\0')) {
      throw invalidArgument(`${member} must be a string without NUL characters`, value);
    }
    const bytes = this.#text.encode(value);
    if (bytes.length > size - this.#text.unit) {
      throw invalidArgument(`${member} must have at most ${size / this.#text.unit - 1} characters`, value);
    }
    bytes.copy(this.#bytes, this.#offset + at);
  }
}
