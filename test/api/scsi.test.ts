import { type AsyncOptions, type Library, sendScsiInquiry, sendScsiReadCapacity, sendScsiReportLuns } from 'iscsidsc';
import { createSimulator } from 'iscsidsc/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { ScsiLibrary } from '../fuzz/scsi-library.js';
import { answering } from '../tasks/answering-library.js';

const ID = 'ffffe00112345010-4000013700000000';
const MALFORMED = { code: 'ERR_ISCSIDSC_MALFORMED_REPLY', member: 'ResponseBuffer' };

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('sendScsiReadCapacity', () => {
  const capacityOf = (response: Uint8Array, responseSize = response.length) =>
    sendScsiReadCapacity(ID, 0, { library: new ScsiLibrary({ response, responseSize }) });
  const SHORT = hex('001fffff 00000200');
  const LONG = hex('00000001 00000000 00001000');
  const expected = { blocks: 2n ** 21n, blockLength: 512, bytes: 2n ** 30n };

  it.each([8, 12, 32])('reads an answer of 8 bytes, also if Windows counts %i', async size => {
    expect(await capacityOf(SHORT, size)).toEqual({ ...expected, raw: Uint8Array.from(SHORT) });
  });

  it.each([12, 32])('reads the long answer of %i bytes', async size => {
    const { raw, ...capacity } = await capacityOf(LONG, size);
    expect(capacity).toEqual({ blocks: 2n ** 32n + 1n, blockLength: 4096, bytes: (2n ** 32n + 1n) * 4096n });
    expect(raw).toHaveLength(size);
  });

  it.each([
    ['of 0 bytes in the short answer', '001fffff 00000000'],
    ['of 0 bytes in the long one', '00000000 001fffff 00000000'],
    ['in an answer of zeros', '00'.repeat(32)],
    ['of 0 bytes in front of more', `00000000 00000200 00000000 ff ${'00'.repeat(19)}`],
  ])('refuses a block length %s', async (_, bytes) => {
    await expect(capacityOf(hex(bytes))).rejects.toMatchObject(MALFORMED);
  });

  it.each([0, 4, 7, 9, 11, 13, 16, 31])('refuses %i bytes, which are neither answer', async size => {
    await expect(capacityOf(Buffer.alloc(32, 1).subarray(0, size))).rejects.toMatchObject(MALFORMED);
  });
});

describe('sendScsiInquiry', () => {
  const simulator = createSimulator();
  afterAll(() => simulator.dispose());
  const NAME = 'iqn.2003-01.org.example:'.padEnd(100, 'x');

  /** A page of five names of 100 bytes. */
  function longPage(code: number): Buffer {
    const names = [0, 1, 2, 3, 4].map(last => Buffer.from(`${NAME}${last}`));
    const content = Buffer.concat(names.flatMap(name => [Buffer.from([0x53, 0x28, 0, name.length]), name]));
    const head = Buffer.from([0, code, 0, 0]);
    head.writeUInt16BE(content.length, 2);
    return Buffer.concat([head, content]);
  }

  /** A device that answers as much of a page as fits into what `give` makes of the length that it is asked for. */
  function device(page: Buffer, give: (length: number) => number, status = (_: number) => 0) {
    const asked: number[] = [];
    const library: Library = answering(simulator, {
      SendScsiInquiry(_id, _lun, _evpd, _page, scsiStatus, size, response) {
        const length = (size as Buffer).readUInt32LE();
        asked.push(length);
        const sent = page.subarray(0, give(length));
        (response as Buffer).set(sent);
        (size as Buffer).writeUInt32LE(sent.length);
        if (status(length) === 0xefff001d) (scsiStatus as Buffer).writeUInt8(2);
        return status(length);
      },
    });
    return { library, asked };
  }
  const identify = (options: AsyncOptions) => sendScsiInquiry(ID, 0, { ...options, evpd: true, pageCode: 0x83 });

  it('asks for the whole of a page that is longer than 255 bytes', async () => {
    const page = longPage(0x83);
    const { library, asked } = device(page, length => length);
    const { designators, isTruncated, raw } = await identify({ library });
    expect(designators.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4].map(last => `${NAME}${last}`));
    expect({ isTruncated, length: raw.length }).toEqual({ isTruncated: false, length: page.length });
    expect(asked).toEqual([255, page.length]);
  });

  it.each<[string, (length: number) => number, (length: number) => number]>([
    ['the length has one byte', length => length & 0xff, () => 0],
    ['the longer length is refused by the device', length => length, length => (length > 255 ? 0xefff001d : 0)],
    ['the longer length is refused by Windows', length => length, length => (length > 255 ? 87 : 0)],
  ])('says that the page is truncated where %s', async (_, give, status) => {
    const { library } = device(longPage(0x83), give, status);
    const { designators, isTruncated, raw } = await identify({ library });
    expect(designators.map(({ value }) => value)).toEqual([`${NAME}0`, `${NAME}1`]);
    expect({ isTruncated, length: raw.length }).toEqual({ isTruncated: true, length: 255 });
  });

  it('rejects if the session ends before the second answer', async () => {
    const { library } = device(
      longPage(0x83),
      length => length,
      length => (length > 255 ? 0xefff0060 : 0),
    );
    await expect(identify({ library })).rejects.toMatchObject({ code: 'ISDSC_NO_CONNECTION_AVAILABLE' });
  });

  it('asks once for a page that is cut for another reason, and says so', async () => {
    const short = longPage(0x83).subarray(0, 4 + 105 + 20);
    short.writeUInt16BE(2 * 105, 2);
    const { library, asked } = device(short, length => length);
    const { designators, isTruncated } = await identify({ library });
    expect([designators.length, isTruncated, asked]).toEqual([1, true, [255]]);
  });

  it('takes a page only together with evpd', async () => {
    const library = new ScsiLibrary({});
    for (const pageCode of [0, 0x80]) {
      for (const evpd of [false, undefined]) {
        const call = sendScsiInquiry(ID, 0, { library, evpd, pageCode } as AsyncOptions);
        await expect(call).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
      }
    }
    expect(library.calls).toBe(0);
  });
});

describe('an answer that cannot be right', () => {
  it.each<[string, (options: AsyncOptions) => Promise<unknown>]>([
    ['standard data', options => sendScsiInquiry(ID, 0, options)],
    ['a page', options => sendScsiInquiry(ID, 0, { ...options, evpd: true })],
    ['a capacity', options => sendScsiReadCapacity(ID, 0, options)],
    ['a list of LUNs', options => sendScsiReportLuns(ID, options)],
  ])('is the fault of the device, not of Windows: %s', async (_, send) => {
    const library = new ScsiLibrary({ response: Buffer.from([0, 0, 0]) });
    const hint = expect.stringMatching(/^The device .* target\.$/);
    await expect(send({ library })).rejects.toMatchObject({ ...MALFORMED, hint });
  });

  it('is the fault of Windows if it counts more bytes than there is memory for', async () => {
    const library = new ScsiLibrary({ response: Buffer.alloc(8), responseSize: 33 });
    await expect(sendScsiReadCapacity(ID, 0, { library })).rejects.toMatchObject({
      member: 'ResponseSize',
      hint: expect.stringMatching(/^Windows, or this package/),
    });
  });
});

describe('the error of a command that a device refuses', () => {
  const refused = async (sense: string, scsiStatus = 2) => {
    const library = new ScsiLibrary({ status: 0xefff001d, scsiStatus, sense: hex(sense) });
    return await sendScsiReportLuns(ID, { library }).catch(error => error);
  };

  it('says that the failure is that of an earlier command', async () => {
    const error = await refused('71000300 0000000a 00000000 0c020000 0000');
    expect(error.sense).toMatchObject({ isDeferred: true, key: 'mediumError' });
    expect(error.message).toContain(
      'The device answered checkCondition of an earlier command: mediumError, Write error - auto reallocation failed.',
    );
    expect((await refused('70000300 0000000a 00000000 0c020000 0000')).message).not.toContain('earlier');
  });

  it.each([
    ['700005', 'The device answered checkCondition: illegalRequest.'],
    ['720c80', 'The device answered checkCondition: 12, ASC 0x80, ASCQ not sent.'],
    ['720c8001', 'The device answered checkCondition: 12, ASC 0x80, ASCQ 0x01.'],
    ['7f0001', 'The device answered checkCondition, with sense data that is not decoded (7f0001).'],
    ['', 'The device answered checkCondition.'],
  ])('says what was sent, and no more: %s', async (sense, text) => {
    expect((await refused(sense)).message).toContain(text);
  });

  it('keeps the bytes that cannot be read', async () => {
    const sense = '0012700005000000000a00000000250000';
    expect((await refused(sense)).sense).toMatchObject({ key: null, asc: null, raw: sense });
  });

  it('has no sense data with other statuses', async () => {
    expect((await refused('70000500 0000000a 00000000 25000000 0000', 0x18)).sense).toBeUndefined();
  });
});
