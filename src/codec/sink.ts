import { koffi } from '../native/koffi.js';
import { typeOf } from '../native/types.js';

/** How strings are written: UTF-16LE for the W form, bytes of the code page for the A form. */
export interface TextForm {
  readonly form: 'A' | 'W';
  /** Bytes of a character: 2, or 1. */
  readonly unit: 1 | 2;
  /** The bytes of a string without its terminator. */
  encode(text: string): Uint8Array;
}

export const WIDE: TextForm = { form: 'W', unit: 2, encode: text => Buffer.from(text, 'utf16le') };

/** A run of bytes with the pointers in it: a struct, an array of structs, a string, a secret. */
export interface Piece {
  bytes: Buffer;
  readonly alignment: number;
  readonly pointers: { readonly at: number; readonly to: Piece }[];
}

/** How the pieces behind the first lie in memory. */
export interface Arrangement {
  /** `'forward'` (default): in the order in which the structs name them. */
  order?: 'forward' | 'backward' | undefined;
  /** Strings start at odd addresses, UTF-16 ones too. */
  odd?: boolean | undefined;
}

/**
 * Memory that is being built: structs, and what their pointers lead to. The same pieces serve the arguments of a call,
 * in a buffer of their own, and the replies of the simulator, in the caller's buffer.
 */
export class Sink {
  readonly text: TextForm;
  readonly #pieces: Piece[] = [];
  readonly #assembled: Buffer[] = [];

  constructor(text: TextForm) {
    this.text = text;
  }

  /** Zeroed bytes behind those that were added before. */
  add(length: number, alignment: number): Piece {
    const piece = { bytes: zeroed(length), alignment, pointers: [] };
    this.#pieces.push(piece);
    return piece;
  }

  /** Makes a piece at least this long, with zeros at its end. */
  lengthen(piece: Piece, length: number): void {
    if (piece.bytes.length >= length) return;
    const { bytes } = piece;
    piece.bytes = zeroed(length);
    bytes.copy(piece.bytes);
    bytes.fill(0);
  }

  /** A string with its terminator. */
  addString(text: string): Piece {
    const encoded = this.text.encode(text);
    const piece = this.add(encoded.length + this.text.unit, this.text.unit);
    piece.bytes.set(encoded);
    return piece;
  }

  /** Bytes as they are, ASCII text among them, without a terminator. */
  addOctets(octets: string | Uint8Array): Piece {
    const piece = this.add(octetCount(octets), 1);
    if (typeof octets === 'string') piece.bytes.write(octets, 'latin1');
    else piece.bytes.set(octets);
    return piece;
  }

  /** Where each piece lies from the start, and the length of all. */
  place(arrangement: Arrangement = {}): Placement {
    return new Placement(this.#pieces, arrangement);
  }

  /** The pieces in one new buffer, with pointers to its own addresses: an argument of a native call. */
  assemble(): Buffer {
    const placement = this.place();
    const bytes = Buffer.allocUnsafeSlow(placement.length).fill(0);
    this.#assembled.push(bytes);
    placement.writeTo(bytes, BigInt(koffi().address(bytes)));
    return bytes;
  }

  /** Overwrites the pieces and the buffers that were made of them with zeros: they can hold secrets. */
  wipe(): void {
    for (const { bytes } of this.#pieces) bytes.fill(0);
    for (const bytes of this.#assembled) bytes.fill(0);
  }
}

const TYPED_ARRAY: object = Object.getPrototypeOf(Uint8Array.prototype);

/** How many there are. An array of bytes can have a `length` of its own that says something else. */
export function octetCount(octets: string | Uint8Array): number {
  return typeof octets === 'string' ? octets.length : Reflect.get(TYPED_ARRAY, 'length', octets);
}

// Outside the heap of V8, in which the garbage collector would leave copies of a secret behind.
function zeroed(length: number): Buffer {
  return Buffer.from(new ArrayBuffer(length));
}

/** Pieces that have their places; their pointers wait for the address. */
export class Placement {
  readonly length: number;
  readonly #offsets = new Map<Piece, number>();

  constructor([head, ...rest]: readonly Piece[], { order, odd }: Arrangement) {
    let end = 0;
    for (const piece of [...(head ? [head] : []), ...(order === 'backward' ? rest.reverse() : rest)]) {
      const isString = piece.alignment < 4;
      const start = odd && isString ? end | 1 : Math.ceil(end / piece.alignment) * piece.alignment;
      this.#offsets.set(piece, start);
      end = start + piece.bytes.length;
    }
    this.length = end;
  }

  /** Writes to the start of a zeroed buffer whose bytes lie, or are going to lie, at this address. */
  writeTo(bytes: Buffer, address: bigint): void {
    for (const [piece, offset] of this.#offsets) {
      piece.bytes.copy(bytes, offset);
      for (const { at, to } of piece.pointers) {
        writePointer(bytes, offset + at, address + BigInt(this.#offsets.get(to) as number));
      }
    }
  }
}

/** Writes an address, cut to the size of a pointer. */
export function writePointer(bytes: Buffer, at: number, address: bigint): void {
  if (typeOf('PVOID').size === 8) bytes.writeBigUInt64LE(BigInt.asUintN(64, address), at);
  else bytes.writeUInt32LE(Number(BigInt.asUintN(32, address)), at);
}
