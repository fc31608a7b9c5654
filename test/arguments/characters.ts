import { TextDecoder } from 'node:util';
import { type Characters, refuse } from './expected-values.js';

export const WIDE: Characters = { count: text => text.length };

/** The bytes that a text takes in a code page, whose characters the decoder of Node tells. */
export function charactersOf(codePage: 1252 | 932 | 65001): Characters {
  if (codePage === 65001) return { count: text => (/\p{Surrogate}/u.test(text) ? refuse() : Buffer.byteLength(text)) };
  const lengths = codePage === 1252 ? WESTERN : japanese();
  return {
    count: text => Array.from(text).reduce((count, character) => count + (lengths.get(character) ?? refuse()), 0),
  };
}

const HIGH = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\x81\x8d\x8f\x90\x9d';
const LATIN = Array.from({ length: 256 }, (_, byte) => byte).filter(byte => byte < 0x80 || byte > 0x9f);
const WESTERN = new Map([...LATIN.map(byte => String.fromCharCode(byte)), ...HIGH].map(character => [character, 1]));

function japanese(): Map<string, number> {
  const decoder = new TextDecoder('shift_jis', { ignoreBOM: true });
  const lengths = new Map<string, number>();
  const add = (...bytes: number[]) => {
    const character = decoder.decode(Uint8Array.from(bytes));
    if (Array.from(character).length === 1 && character !== '\ufffd') lengths.set(character, bytes.length);
  };
  for (let lead = 0; lead < 256; lead++) {
    if (lead < 0x80 || (lead > 0xa0 && lead < 0xe0)) add(lead);
    else for (let trail = 0x40; trail < 0xfd; trail++) add(lead, trail);
  }
  return lengths;
}
