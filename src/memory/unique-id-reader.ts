import { hexUint64 } from './hexadecimal.js';

/** Reads ids. Their first half names the adapter and is the same for most: its text is made once. */
export class UniqueIdReader {
  readonly #view: DataView;
  #low = 0;
  #high = 0;
  #firstHalf = '0-';

  constructor(view: DataView) {
    this.#view = view;
  }

  read(offset: number): string {
    const low = this.#view.getUint32(offset, true);
    const high = this.#view.getUint32(offset + 4, true);
    if (low !== this.#low || high !== this.#high) {
      this.#low = low;
      this.#high = high;
      this.#firstHalf = `${hexUint64(this.#view, offset)}-`;
    }
    return this.#firstHalf + hexUint64(this.#view, offset + 8);
  }
}
