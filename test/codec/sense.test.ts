import { describe, expect, it } from 'vitest';
import { readSense } from '../../src/codec/sense.js';

const read = (hex: string) => readSense(Buffer.from(hex, 'hex'));

describe('sense data', () => {
  it.each([
    // Fixed format.
    ['70000500 0000000a 00000000 25000000 0000', 0x70, 'illegalRequest', 0x25, 0x00, 'Logical unit not supported'],
    ['70000600 0000000a 00000000 29000000 0000', 0x70, 'unitAttention', 0x29, 0, /^Power on, reset/],
    ['70000600 0000000a 00000000 3f0e0000 0000', 0x70, 'unitAttention', 0x3f, 0x0e, 'Reported LUNs data has changed'],
    ['f0000300 0012340a 00000000 11000000 0000', 0x70, 'mediumError', 0x11, 0x00, 'Unrecovered read error'],
    ['71000200 0000000a 00000000 04020000 0000', 0x71, 'notReady', 0x04, 0x02, /initializing command required$/],
    // The bits beside the key: a filemark, the end of the medium, an incorrect length.
    ['7000e500 0000000a 00000000 20000000 0000', 0x70, 'illegalRequest', 0x20, 0, 'Invalid command operation code'],
    // Descriptor format.
    ['72052400 00000000', 0x72, 'illegalRequest', 0x24, 0x00, 'Invalid field in CDB'],
    ['73062a09 0000000c 000a8000 00000000 0001', 0x73, 'unitAttention', 0x2a, 0x09, 'Capacity data has changed'],
    // What the standard leaves to vendors, and to the future.
    ['720c8081 00000000', 0x72, 12, 0x80, 0x81, null],
  ])('%s', (hex, responseCode, key, asc, ascq, description) => {
    const expected = description instanceof RegExp ? expect.stringMatching(description) : description;
    const raw = hex.replaceAll(' ', '');
    expect(read(raw)).toEqual({ responseCode, key, asc, ascq, description: expected, raw });
  });

  it('may end behind its key: what is not sent is zero', () => {
    expect(read('700005')).toMatchObject({ key: 'illegalRequest', asc: 0, ascq: 0 });
    expect(read('7205')).toMatchObject({ key: 'illegalRequest', asc: 0, ascq: 0 });
  });

  it.each(['', '70', '7000', '72', '00'.repeat(18), '7f0005', '6f0005', '74052500', '7e0000'])(
    'is null for what is none: %s',
    hex => expect(read(hex)).toBeNull(),
  );
});
