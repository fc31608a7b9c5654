import { describe, expect, it } from 'vitest';
import { lunNumber, wireLun } from '../../src/codec/lun.js';

describe('the number of a LUN', () => {
  it.each([
    [0, '0'],
    [1, '100'],
    [255, 'ff00'],
    // Flat space addressing: 0x4100 on the wire, whose bytes are read from the last to the first.
    [256, '41'],
    [257, '141'],
    [16_383, 'ff7f'],
  ])('%d is %s in mappings', (number, text) => {
    expect(wireLun(number).toString(16)).toBe(text);
    expect(wireLun(text)).toBe(wireLun(number));
  });

  it('comes back for each of the 16,384, and each has an address of its own', () => {
    const numbers = Array.from({ length: 16_384 }, (_, number) => number);
    const wires = numbers.map(wireLun);
    expect(wires.map(lunNumber)).toEqual(numbers);
    expect(new Set(wires).size).toBe(16_384);
  });

  it.each([
    ['of two levels', 0x10000n],
    ['of the last level', 1n << 63n],
    ['of logical unit addressing', 0x80n],
    ['of extended addressing', 0xc1n],
    ['on a bus of its own', 0x0101n],
  ])('is null for one %s', (_, wire) => {
    expect(lunNumber(wire)).toBeNull();
  });
});
