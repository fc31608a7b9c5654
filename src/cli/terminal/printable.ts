const ASCII = /^[\x20-\x7e]*$/;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
// JSON.stringify escapes the control characters below these.
const UNPRINTABLE_IN_JSON = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text from the wire for a terminal, which would obey control characters and be misled by invisible ones. */
export function printable(text: string): string {
  // Nearly all text is, and the classes of Unicode take a while to compile.
  if (ASCII.test(text)) return text;
  return text.replace(UNPRINTABLE, character => {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0xffff) return `\\u{${code.toString(16)}}`;
    return code > 0xff ? unitEscape(code) : `\\x${code.toString(16).padStart(2, '0')}`;
  });
}

/**
 * JSON that is safe on a terminal and parses to the same value. Bytes are hexadecimal in it, and a bigint is a number, or
 * text if a number cannot hold it.
 */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, plain, indent).replace(UNPRINTABLE_IN_JSON, character =>
    Array.from({ length: character.length }, (_, index) => unitEscape(character.charCodeAt(index))).join(''),
  );
}

function plain(_: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
