/** A run of bytes of an answer: a struct array or a string, with the pointers in it. */
export interface Piece {
  readonly bytes: Buffer;
  readonly alignment: number;
  readonly pointers: readonly { readonly at: number; readonly to: Piece }[];
}

/** How the pieces behind the first lie in the buffer. */
export interface Arrangement {
  /** Pieces in the order in which the structs name them (default), or the other way round. */
  order?: 'forward' | 'backward';
  /** Strings start at odd addresses, UTF-16 ones too. */
  odd?: boolean;
}

/** An answer as it will lie in the caller's buffer: the pieces have their places, the pointers wait for the address. */
export class Image {
  readonly length: number;
  readonly #offsets = new Map<Piece, number>();
  readonly #pointerSize: number;

  constructor(head: Piece, rest: readonly Piece[], pointerSize: number, { order, odd }: Arrangement = {}) {
    this.#pointerSize = pointerSize;
    let end = 0;
    for (const piece of [head, ...(order === 'backward' ? [...rest].reverse() : rest)]) {
      const isString = piece.alignment < 4;
      const start = odd && isString ? end | 1 : Math.ceil(end / piece.alignment) * piece.alignment;
      this.#offsets.set(piece, start);
      end = start + piece.bytes.length;
    }
    this.length = end;
  }

  /** The bytes for a buffer at this address. */
  bytesAt(address: bigint): Buffer {
    const bytes = Buffer.alloc(this.length);
    for (const [piece, offset] of this.#offsets) {
      piece.bytes.copy(bytes, offset);
      for (const { at, to } of piece.pointers) {
        const pointer = address + BigInt(this.#offsets.get(to) as number);
        if (this.#pointerSize === 8) bytes.writeBigUInt64LE(pointer, offset + at);
        else bytes.writeUInt32LE(Number(pointer), offset + at);
      }
    }
    return bytes;
  }
}
