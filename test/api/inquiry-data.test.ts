import { describe, expect, it } from 'vitest';
import { type DeviceIdentification, readPage, readStandard } from '../../src/api/scsi/inquiry-data.js';
import { Reply } from '../../src/codec/source.js';

const reply = (...parts: (string | number[])[]) =>
  new Reply(Buffer.concat(parts.map(part => Buffer.from(part as string, 'latin1'))), 'SendScsiInquiry');

/** A page with its head. */
function page(code: number, content: Buffer): Buffer {
  const head = Buffer.from([0, code, 0, 0]);
  head.writeUInt16BE(content.length, 2);
  return Buffer.concat([head, content]);
}

function designator(codeSet: number, second: number, value: string | number[]): Buffer {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([Buffer.from([codeSet, second, 0, bytes.length]), bytes]);
}

const NAA = [0x60, 0x01, 0x40, 0x5f, 0x1a, 0x2b, 0x3c, 0x4d, 0x5e, 0x6f, 0x70, 0x81, 0x92, 0xa3, 0xb4, 0xc5];
// As a target of Linux sends it: the LUN, its vendor and serial number, its port, the group of it, and the target.
const IDENTIFICATION = page(
  0x83,
  Buffer.concat([
    designator(0x01, 0x03, NAA),
    designator(0x02, 0x01, 'LIO-ORG disk1:f1a2b3c4\0'),
    designator(0x51, 0x94, [0, 0, 0, 1]),
    designator(0x51, 0x95, [0, 0, 0, 0]),
    designator(0x53, 0x98, 'iqn.2003-01.org.example:disk1,t,0x0001\0\0'),
    designator(0x53, 0xa8, 'iqn.2003-01.org.example:disk1\0\0\0'),
  ]),
);
const ofUnit = { association: 'logicalUnit', protocol: null };
const ofPort = { association: 'targetPort', protocol: 'iscsi' };
const DESIGNATORS = [
  { ...ofUnit, type: 'naa', codeSet: 'binary', value: '6001405f1a2b3c4d5e6f708192a3b4c5' },
  { ...ofUnit, type: 't10VendorId', codeSet: 'ascii', value: 'LIO-ORG disk1:f1a2b3c4' },
  { ...ofPort, type: 'relativeTargetPort', codeSet: 'binary', value: '00000001' },
  { ...ofPort, type: 'targetPortGroup', codeSet: 'binary', value: '00000000' },
  { ...ofPort, type: 'scsiName', codeSet: 'utf8', value: 'iqn.2003-01.org.example:disk1,t,0x0001' },
  {
    association: 'targetDevice',
    protocol: 'iscsi',
    type: 'scsiName',
    codeSet: 'utf8',
    value: 'iqn.2003-01.org.example:disk1',
  },
];

describe('standard data', () => {
  it('is read without the blanks that fill its texts up', () => {
    const data = reply([0x00, 0x00, 0x05, 0x12, 0x5b, 0, 0x10, 2], 'MSFT    Virtual HD      1.0 ', [0xff, 0xff]);
    expect(readStandard(data)).toEqual({
      peripheralQualifier: 0,
      peripheralType: 'disk',
      isRemovable: false,
      version: 5,
      vendor: 'MSFT',
      product: 'Virtual HD',
      revision: '1.0',
      raw: Uint8Array.from(data.bytes),
    });
  });

  it('tells a LUN that is not there, and a medium that can be taken out', () => {
    expect(readStandard(reply([0x7f, 0x80], new Array(34).fill(0)))).toMatchObject({
      peripheralQualifier: 3,
      peripheralType: 'unknown',
      isRemovable: true,
      vendor: '',
    });
  });

  it('has 36 bytes at least', () => {
    expect(() => readStandard(reply(new Array(35).fill(0)))).toThrow(
      expect.objectContaining({ code: 'ERR_ISCSIDSC_MALFORMED_REPLY', member: 'ResponseBuffer' }),
    );
  });
});

describe('page 0x83', () => {
  const read = (bytes: Buffer) => readPage(new Reply(bytes, 'SendScsiInquiry'), 0x83);

  it('names the LUN, its port and its target', () => {
    expect(read(IDENTIFICATION)).toMatchObject({ pageCode: 0x83, designators: DESIGNATORS, isTruncated: false });
  });

  it('that is cut has the designators that are whole, and says so', () => {
    const name = `iqn.2003-01.org.example:${'x'.repeat(85)}`;
    const long = page(0x83, Buffer.concat([NAA, NAA, NAA].map((_, at) => designator(0x53, 0x98, name + at))));
    expect(long.length).toBeGreaterThan(255);
    expect(read(long.subarray(0, 255))).toMatchObject({
      designators: [{ value: `${name}0` }, { value: `${name}1` }],
      isTruncated: true,
    });
    expect(read(long)).toMatchObject({ designators: [{}, {}, {}], isTruncated: false });
  });

  it.each([0, 1, 3, 4, 19])('that is cut %d bytes into its second designator has the first', bytes => {
    const second = 4 + 4 + NAA.length;
    expect(read(IDENTIFICATION.subarray(0, second + bytes))).toMatchObject({
      designators: DESIGNATORS.slice(0, 1),
      isTruncated: true,
    });
  });

  it('whose designator ends behind it is refused', () => {
    const wrong = Buffer.from(page(0x83, designator(0x01, 0x03, NAA)));
    wrong.writeUInt8(NAA.length + 1, 7);
    expect(() => read(wrong)).toThrow(
      expect.objectContaining({ code: 'ERR_ISCSIDSC_MALFORMED_REPLY', member: 'ResponseBuffer', offset: 4 }),
    );
  });

  it('has names for all types, and the protocol where the device says it', () => {
    const uuid = [0x10, 0, ...NAA];
    const all = [
      designator(0x61, 0x99, [0, 0, 0, 1, 0, 0, 0, 0]),
      designator(0x01, 0x0a, uuid),
      // The bit that makes the protocol count is not set, or the logical unit is named, which has none.
      designator(0x51, 0x14, [0, 0, 0, 1]),
      designator(0x51, 0x83, NAA),
      designator(0xc1, 0x94, [0, 0, 0, 1]),
    ];
    expect(read(page(0x83, Buffer.concat(all)))).toMatchObject({
      designators: [
        { type: 'protocolSpecificPort', protocol: 'sas' },
        { type: 'uuid', protocol: null, value: Buffer.from(uuid).toString('hex') },
        { type: 'relativeTargetPort', protocol: null },
        { type: 'naa', protocol: null },
        { type: 'relativeTargetPort', protocol: 12 },
      ],
    });
  });

  it('keeps apart names that differ in bytes that are not text', () => {
    const values = (codeSet: number, ...names: number[][]) => {
      const all = names.map(name => designator(codeSet, 0x01, name));
      const { designators } = read(page(0x83, Buffer.concat(all))) as DeviceIdentification;
      return designators.map(({ value }) => value);
    };
    expect(values(0x02, [0x41, 0xe4], [0x41, 0xf6])).toEqual(['A\u00e4', 'A\u00f6']);
    expect(values(0x03, [0x41, 0xc3, 0xa4], [0x41, 0xe4], [0x41, 0xf6])).toEqual(['A\u00e4', '41e4', '41f6']);
    expect(values(0x02, [0x20, 0x41], [0x41, 0x20, 0x00], [0x20])).toEqual([' A', 'A', '']);
  });

  it('that is another one is refused', () => {
    expect(() => readPage(new Reply(IDENTIFICATION, 'SendScsiInquiry'), 0x80)).toThrow(
      expect.objectContaining({ code: 'ERR_ISCSIDSC_MALFORMED_REPLY', offset: 1 }),
    );
  });
});

describe('other pages', () => {
  it('0x00 is the list of pages, without what lies behind it', () => {
    const list = Buffer.concat([page(0x00, Buffer.from([0x00, 0x80, 0x83, 0xb0])), Buffer.from([0xb1])]);
    expect(readPage(new Reply(list, 'SendScsiInquiry'), 0)).toMatchObject({ supportedPages: [0x00, 0x80, 0x83, 0xb0] });
  });

  it('0x80 is the serial number, without blanks at either end', () => {
    const serial = page(0x80, Buffer.from('   f1a2 b3c4 \0'));
    expect(readPage(new Reply(serial, 'SendScsiInquiry'), 0x80)).toMatchObject({ serialNumber: 'f1a2 b3c4' });
  });

  it('0x00 and 0x80 say if they are cut', () => {
    const list = page(0x00, Buffer.from([0x00, 0x80, 0x83]));
    expect(readPage(new Reply(list.subarray(0, 6), 'SendScsiInquiry'), 0)).toMatchObject({
      supportedPages: [0x00, 0x80],
      isTruncated: true,
    });
    const serial = page(0x80, Buffer.from('SN-0042'));
    expect(readPage(new Reply(serial.subarray(0, 9), 'SendScsiInquiry'), 0x80)).toMatchObject({
      serialNumber: 'SN-00',
      isTruncated: true,
    });
  });

  it('come as bytes', () => {
    const limits = page(0xb0, Buffer.alloc(60, 1));
    expect(readPage(new Reply(limits, 'SendScsiInquiry'), 0xb0)).toEqual({
      peripheralQualifier: 0,
      peripheralType: 'disk',
      pageCode: 0xb0,
      isTruncated: false,
      raw: Uint8Array.from(limits),
    });
  });
});
