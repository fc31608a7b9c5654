import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable, printableJson } from '../../src/cli/printable.js';
import { padEnd, shortenMiddle, textWidth } from '../../src/cli/text-width.js';
import { wrap } from '../../src/cli/wrap.js';

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['iqn.2003-01', 11],
    ['ディスク', 8],
    ['ｱｲｳ', 3],
    ['e\u0301', 1],
    ['한글', 4],
    ['…', 1],
  ])('of %j is %i', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('a shortened text', () => {
  it.each([
    ['0123456789', 10, '0123456789'],
    ['0123456789', 9, '0123…6789'],
    ['0123456789', 4, '0…89'],
    ['0123456789', 1, '…'],
    ['ディスク', 6, 'デ…ク'],
    ['ame\u0301lie-ame\u0301lie', 7, 'ame\u0301…lie'],
  ])('of %j in %i columns is %j', (text, width, shortened) => {
    expect(shortenMiddle(text, width)).toBe(shortened);
  });

  it('always fits, and can be filled up to the very width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        expect(textWidth(padEnd(shortenMiddle(text, width), width))).toBe(width);
      }),
    );
  });
});

describe('a wrapped text', () => {
  it.each([
    ['', 5, ['']],
    ['12345', 5, ['12345']],
    ['a bc def', 4, ['a bc', 'def']],
    ['a 1234567', 3, ['a', '123', '456', '7']],
    ['ディスク', 5, ['ディ', 'スク']],
  ])('%j in %i columns is %j', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  it('always fits, and loses nothing but spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('printable text', () => {
  const dangerous = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

  it('has no control characters, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(printable(text)).not.toMatch(dangerous);
        expect(printableJson(text)).not.toMatch(dangerous);
        expect(JSON.parse(printableJson(text))).toBe(text);
      }),
    );
  });
});
