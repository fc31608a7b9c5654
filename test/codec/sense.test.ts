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
    const isDeferred = (responseCode & 1) === 1;
    expect(read(raw)).toEqual({ responseCode, isDeferred, key, asc, ascq, description: expected, raw });
  });

  it.each([
    [0x04, 0x0d, 'Logical unit not ready, structure check required'],
    [0x04, 0x14, 'Logical unit not ready, space allocation in progress'],
    [0x27, 0x08, 'Zone is read only'],
    [0x2c, 0x09, 'Previous reservation conflict status'],
    [0x3f, 0x05, 'Device identifier changed'],
    [0x5d, 0x10, 'Hardware impending failure general hard drive failure'],
    [0x5d, 0x6c, 'Firmware impending failure drive calibration retry count'],
    [0x5d, 0x6d, null],
    [0x5d, 0x1d, 'Hardware impending failure power loss protection circuit'],
    [0x5d, 0xff, 'Failure prediction threshold exceeded (false)'],
    // Ranges: the qualifier is a number of the device.
    [0x40, 0x00, 'RAM failure'],
    [0x40, 0x7f, null],
    [0x40, 0x80, 'Diagnostic failure on component 0x80'],
    [0x40, 0xff, 'Diagnostic failure on component 0xff'],
    [0x4d, 0x07, 'Tagged overlapped commands, task tag 0x07'],
    [0x70, 0x12, 'Decompression exception short algorithm ID of 0x12'],
  ])('ASC %i with ASCQ %i has the text of T10', (asc, ascq, description) => {
    expect(readSense(Buffer.from([0x72, 5, asc, ascq, 0, 0, 0, 0]))).toMatchObject({ asc, ascq, description });
  });

  it.each<[string, string | null, number | null, number | null]>([
    // Ends early.
    ['700005', 'illegalRequest', null, null],
    ['7000', null, null, null],
    ['70000500 0000000a 00000000 24', 'illegalRequest', 0x24, null],
    ['7205', 'illegalRequest', null, null],
    ['720525', 'illegalRequest', 0x25, null],
    // The length of what follows leaves the codes out.
    ['70000500 00000000 00000000 25000000 0000', 'illegalRequest', null, null],
    ['70000500 00000005 00000000 25010000 0000', 'illegalRequest', 0x25, null],
    ['70000500 00000006 00000000 25000000 0000', 'illegalRequest', 0x25, 0],
  ])('%s has null for what was not sent', (hex, key, asc, ascq) => {
    const description = ascq === null ? null : 'Logical unit not supported';
    expect(read(hex.replaceAll(' ', ''))).toMatchObject({ key, asc, ascq, description });
  });

  it.each([
    // A vendor's own format, no format, and a length in front as iSCSI has it.
    ['7f000500 0000000a', 0x7f],
    ['6f000500', 0x6f],
    ['74052500', 0x74],
    ['00127000 05000000 000a0000 00002500', 0x00],
  ])('%s keeps its bytes, and nothing is read from them', (hex, responseCode) => {
    const raw = hex.replaceAll(' ', '');
    const none = { isDeferred: false, key: null, asc: null, ascq: null, description: null };
    expect(read(raw)).toEqual({ responseCode, ...none, raw });
  });

  it.each(['', '00', '00'.repeat(18)])('is null where nothing was written: %j', hex => expect(read(hex)).toBeNull());
});
