import { WriteStream } from 'node:tty';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wantsColour } from '../../src/cli/terminal/colour.js';
import { printable, printableJson } from '../../src/cli/terminal/printable.js';
import { cutAtMargin, padEnd, textWidth, wrap } from '../../src/cli/terminal/text.js';

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

describe('a wrapped text', () => {
  it.each([
    ['', 5, ['']],
    ['12345', 5, ['12345']],
    ['a bc def', 4, ['a bc', 'def']],
    ['a 1234567 b', 3, ['a', '1234567', 'b']],
    ['ディスク', 5, ['ディスク']],
  ])('%j in %i columns is %j', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  it('fits if each word does, and breaks no word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.join(' ')).toBe(text);
        for (const line of lines) if (line.includes(' ')) expect(textWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('a text cut at the margin', () => {
  it('always fits, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, width) => {
        const pieces = cutAtMargin(text, width);
        expect(pieces.join('')).toBe(text);
        expect(Math.max(...pieces.map(textWidth))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

it('a padded text is as wide as asked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 20 }), (text, width) => {
      expect(textWidth(padEnd(text, width))).toBe(Math.max(width, textWidth(text)));
    }),
  );
});

describe('colours', () => {
  const terminal = (colours: boolean) => ({ isTTY: true as const, hasColors: () => colours });
  const file = { isTTY: undefined as never, hasColors: () => true };
  it.each([
    [{}, terminal(true), true],
    [{}, terminal(false), false],
    [{}, file, false],
    [{ FORCE_COLOR: '' }, file, true],
    [{ FORCE_COLOR: '1' }, file, true],
    [{ FORCE_COLOR: 'true' }, terminal(false), true],
    [{ FORCE_COLOR: '2' }, file, true],
    [{ FORCE_COLOR: '3', NO_COLOR: '1' }, file, true],
    [{ FORCE_COLOR: '0' }, terminal(true), false],
    [{ FORCE_COLOR: 'false' }, terminal(true), false],
  ])('with %j on %o are %s', (env, stream, wanted) => {
    expect(wantsColour(env, stream) === true).toBe(wanted);
  });

  it.each(['', '0', '1', '2', '3', 'true', 'false', 'yes'])('with FORCE_COLOR=%j are as in Node', FORCE_COLOR => {
    expect(wantsColour({ FORCE_COLOR }, file)).toBe(WriteStream.prototype.getColorDepth({ FORCE_COLOR }) > 1);
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
