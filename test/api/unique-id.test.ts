import fc from 'fast-check';
import { formatUniqueId, parseUniqueId } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { anyText } from '../fuzz/text.js';

const half = () => fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const digits = () => fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: 1, maxLength: 16 });
const INVALID = { name: 'IscsidscError', code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' };

describe('parseUniqueId', () => {
  it('returns the two halves, above 2^63 too', () => {
    expect(parseUniqueId('ffffe00112345010-4000013700000000')).toEqual({
      adapterUnique: 0xffffe00112345010n,
      adapterSpecific: 0x4000013700000000n,
    });
    expect(parseUniqueId('0-0')).toEqual({ adapterUnique: 0n, adapterSpecific: 0n });
    expect(parseUniqueId('ffffffffffffffff-FFFFFFFFFFFFFFFF')).toEqual({
      adapterUnique: 2n ** 64n - 1n,
      adapterSpecific: 2n ** 64n - 1n,
    });
  });

  it('takes 1 to 16 digits a half, in either case, with leading zeros or without', () => {
    fc.assert(
      fc.property(digits(), digits(), (unique, specific) => {
        expect(parseUniqueId(`${unique}-${specific}`)).toEqual({
          adapterUnique: BigInt(`0x${unique}`),
          adapterSpecific: BigInt(`0x${specific}`),
        });
      }),
    );
  });

  it.each([
    '',
    '-',
    '1',
    '1-',
    '-1',
    '1--1',
    '1-1-1',
    '12345678901234567-1',
    '1-12345678901234567',
    ' 1-1',
    '1-1 ',
    '1 -1',
    '1-1\n',
    '\n1-1',
    '1-1\0',
    '0x1-0x1',
    '1-g',
    '+1-1',
    '1_0-1',
    '1\u20131',
    '１-１',
    'ſ-1',
    '1-\ud800',
  ])('refuses %o', id => {
    expect(() => parseUniqueId(id)).toThrow(
      expect.objectContaining({
        ...INVALID,
        message: expect.stringMatching(/^An id is two hexadecimal numbers .*, not '.*'\.$/),
      }),
    );
  });

  it.each([
    [undefined],
    [null],
    [1],
    [1n],
    [['1-1']],
    [{ toString: () => '1-1' }],
    [new String('1-1')],
    [Symbol('1-1')],
  ])('refuses what is no string: %o', id => {
    expect(() => parseUniqueId(id as never)).toThrow(expect.objectContaining(INVALID));
  });

  it('refuses any other text, clearly', () => {
    fc.assert(
      fc.property(anyText(), text => {
        fc.pre(!/^[0-9a-f]+-[0-9a-f]+$/i.test(text));
        expect(() => parseUniqueId(text)).toThrow(expect.objectContaining(INVALID));
      }),
    );
  });
});

describe('formatUniqueId', () => {
  it('prints as iscsicli and PowerShell do: lower case, without padding', () => {
    expect(formatUniqueId({ adapterUnique: 0xffffe00112345010n, adapterSpecific: 0x1bn })).toBe('ffffe00112345010-1b');
    expect(formatUniqueId({ adapterUnique: 0n, adapterSpecific: 0n })).toBe('0-0');
  });

  it('is undone by parseUniqueId, for all 64-bit halves', () => {
    fc.assert(
      fc.property(half(), half(), (adapterUnique, adapterSpecific) => {
        const id = formatUniqueId({ adapterUnique, adapterSpecific });
        expect(id).toMatch(/^(0|[1-9a-f][0-9a-f]{0,15})-(0|[1-9a-f][0-9a-f]{0,15})$/);
        expect(parseUniqueId(id)).toEqual({ adapterUnique, adapterSpecific });
      }),
    );
  });

  it('makes one text of all ways to write an id', () => {
    fc.assert(
      fc.property(digits(), digits(), (unique, specific) => {
        const id = formatUniqueId(parseUniqueId(`${unique}-${specific}`));
        const padded = `${unique.padStart(16, '0')}-${specific.toUpperCase().padStart(16, '0')}`;
        expect(formatUniqueId(parseUniqueId(padded))).toBe(id);
      }),
    );
  });

  it.each([[-1n], [2n ** 64n], [1], ['1'], [null], [undefined]])('refuses %o as a half, naming it', half => {
    for (const [name, id] of [
      ['adapterUnique', { adapterUnique: half, adapterSpecific: 1n }],
      ['adapterSpecific', { adapterUnique: 1n, adapterSpecific: half }],
    ] as const) {
      expect(() => formatUniqueId(id as never)).toThrow(
        expect.objectContaining({ ...INVALID, message: expect.stringContaining(`${name} must be a bigint`) }),
      );
    }
  });

  it.each([[undefined], [null], [1], ['1-1'], [[]]])('refuses what is no id at all: %o', id => {
    expect(() => formatUniqueId(id as never)).toThrow(expect.objectContaining(INVALID));
  });
});
