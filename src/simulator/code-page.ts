import { TextDecoder } from 'node:util';
import { invalidArgument, notInCodePage } from '../errors.js';

const DECODERS: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1252: 'windows-1252',
  1253: 'windows-1253',
  1254: 'windows-1254',
  1255: 'windows-1255',
  1256: 'windows-1256',
  1257: 'windows-1257',
  1258: 'windows-1258',
  65001: 'utf-8',
};
const DOUBLE_BYTE = [932, 936, 949, 950];
// Bytes 0x80 to 0x9f of page 1252. Node decodes them as Latin-1 in some versions.
const WESTERN =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';
const QUESTION_MARK = Buffer.from('?');

/** An ANSI code page of Windows, for text that it can hold. */
export class CodePage {
  readonly #number: number;
  readonly #decoder: TextDecoder;
  #encoded: Map<string, Buffer> | undefined;

  constructor(number: number) {
    const label = Object.hasOwn(DECODERS, number) ? DECODERS[number] : undefined;
    if (label === undefined) {
      throw invalidArgument(`A code page is one of ${Object.keys(DECODERS).join(', ')}`, number);
    }
    this.#number = number;
    this.#decoder = new TextDecoder(label, { ignoreBOM: true });
  }

  decode(bytes: Uint8Array): string {
    if (this.#number !== 1252) return this.#decoder.decode(bytes);
    return Buffer.from(bytes)
      .toString('latin1')
      .replace(/[\x80-\x9f]/g, byte => WESTERN.charAt(byte.charCodeAt(0) - 0x80));
  }

  /** A character that the page does not hold becomes a question mark, as on Windows. */
  encode(text: string): Buffer {
    if (this.#number === 65001) return Buffer.from(text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is meant
    if (/^[\x00-\x7f]*$/.test(text)) return Buffer.from(text, 'latin1');
    this.#encoded ??= this.#invert();
    return Buffer.concat(Array.from(text, character => this.#encoded?.get(character) ?? QUESTION_MARK));
  }

  /** Throws `ERR_ISCSIDSC_INVALID_ARGUMENT` for text that the page does not hold. */
  encodeExactly(text: string): Buffer {
    const bytes = this.encode(text);
    // A question mark stands for what is not in the page, and U+FFFD for half a surrogate pair.
    if (this.decode(bytes) !== text) throw notInCodePage(text, this.#number);
    return bytes;
  }

  // Node can only decode these pages: decode everything, and turn it round.
  #invert(): Map<string, Buffer> {
    const encoded = new Map<string, Buffer>();
    const add = (...bytes: number[]) => {
      const text = this.decode(Uint8Array.from(bytes));
      if (!text.includes('\ufffd') && [...text].length === 1 && !encoded.has(text)) {
        encoded.set(text, Buffer.from(bytes));
      }
    };
    for (let byte = 0; byte < 256; byte++) add(byte);
    if (DOUBLE_BYTE.includes(this.#number)) {
      for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail);
    }
    return encoded;
  }
}
