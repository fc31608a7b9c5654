import fc from 'fast-check';

/** Any text at all: lone surrogates, control characters, a BOM, what reverses the reading order, and very long. */
export function anyText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    units({ max: 0xffff }),
    units({ min: 0xd800, max: 0xdfff }),
    fc.constantFrom('', '\0', 'a\0b', '\ufeff', '\u202e', '\x1b[31m', '\x85', '\u2028', '__proto__', 'x'.repeat(1e5)),
  );
}

/** Text without NUL, as the W form can hold it: UTF-16 that may be ill-formed. */
export function wideText(): fc.Arbitrary<string> {
  return fc.oneof(fc.string({ unit: 'grapheme' }).filter(hasNoNul), units({ min: 1, max: 0xffff }));
}

const WESTERN_HIGH =
  '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ\xa0\xad\x81';
// The second byte of some of these is a backslash, a pipe or a letter.
const JAPANESE = 'あいうえおァアィイゥソタチ表能予十申日本語漢字、。「」ー～―①Ⅷ㈱ｱｲｳｶﾞﾟ髙﨑纊';

/** Text without NUL that the code page can hold. */
export function ansiText(codePage: number): fc.Arbitrary<string> {
  const ascii = fc.integer({ min: 1, max: 0x7f }).map(code => String.fromCharCode(code));
  if (codePage === 65001) return fc.string({ unit: 'binary' }).filter(hasNoNul);
  const high = fc.constantFrom(...(codePage === 932 ? JAPANESE : WESTERN_HIGH));
  return fc.string({ unit: fc.oneof(codePage === 932 ? ascii.filter(isKept) : ascii, high) });
}

/** In code page 932, Node takes each of these control characters for another one of them, and Windows does not. */
function isKept(character: string): boolean {
  return !['\x1a', '\x1c', '\x7f'].includes(character);
}

function units(range: { min?: number; max: number }): fc.Arbitrary<string> {
  return fc.array(fc.integer(range), { maxLength: 40 }).map(codes => String.fromCharCode(...codes));
}

function hasNoNul(text: string): boolean {
  return !text.includes('\0');
}
