import assert from 'node:assert/strict';
import fc, { type IAsyncProperty } from 'fast-check';
import { type AsyncOptions, sendScsiInquiry, sendScsiReadCapacity, sendScsiReportLuns } from 'iscsidsc';
import { withGuards } from '../contract/guards.js';
import { ScsiLibrary, type ScsiReply } from './scsi-library.js';

const ID = 'ffffe00112345010-4000013700000000';
const FAILED = 0xefff001d;

const COMMANDS: Readonly<Record<string, (options: AsyncOptions) => Promise<{ raw: Uint8Array }>>> = {
  'standard data': options => sendScsiInquiry(ID, 0, options),
  ...Object.fromEntries(
    [0x00, 0x80, 0x83, 0xb0].map(pageCode => [
      `page ${pageCode}`,
      (options: AsyncOptions) => sendScsiInquiry(ID, 0, { ...options, evpd: true, pageCode }),
    ]),
  ),
  capacity: options => sendScsiReadCapacity(ID, 0, options),
  LUNs: options => sendScsiReportLuns(ID, options),
};

type Outcome = 'answer' | 'malformed' | 'failure';

/**
 * Whatever a device and Windows answer, it is plain data made of the bytes of the answer, or
 * ERR_ISCSIDSC_MALFORMED_REPLY, or the status that Windows has answered, with sense data that is plain, too.
 */
export function anyScsiReply(
  seen: { add(outcome: Outcome): unknown } = new Set(),
): IAsyncProperty<[string, Partial<ScsiReply>]> {
  return fc.asyncProperty(fc.constantFrom(...Object.keys(COMMANDS)), anyReply(), (name, reply) =>
    withGuards(async () => {
      const library = new ScsiLibrary(reply);
      try {
        const result = await (COMMANDS[name] ?? assert.fail(name))({ library });
        assert.deepEqual(structuredClone(result), result);
        assertOf(result.raw, reply.response);
        assert.ok(!/guard/.test(JSON.stringify(result, shown)), 'bytes from outside of the answer');
        seen.add('answer');
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
        seen.add(assertExpected(error as Error & Record<string, unknown>, reply));
      }
      // A larger buffer is offered where the first is too small, and no more than once or twice.
      assert.ok(library.calls <= 3, `${library.calls} calls`);
    }),
  );
}

/** JSON has no bigint. */
const shown = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);

/** The bytes of the answer; what Windows says to be there besides is zero, as the buffer was. */
function assertOf(raw: Uint8Array, response: Uint8Array = new Uint8Array()): void {
  assert.ok(raw instanceof Uint8Array && !Buffer.isBuffer(raw));
  const own = Buffer.concat([response, new Uint8Array(Math.max(0, raw.length - response.length))]);
  assert.deepEqual(Buffer.from(raw), own.subarray(0, raw.length));
  assert.equal(raw.buffer.byteLength, raw.length, 'it keeps no other memory alive');
}

function assertExpected(error: Error & Record<string, unknown>, { status, sense }: Partial<ScsiReply>): Outcome {
  if (error.code === 'ERR_ISCSIDSC_MALFORMED_REPLY') {
    assert.equal(status ?? 0, 0);
    return 'malformed';
  }
  assert.equal(error.errno, status, error.stack);
  assert.deepEqual(structuredClone(error.sense), error.sense);
  if ('sense' in error) {
    const { raw, asc, ascq } = error.sense as { raw: string; asc: number | null; ascq: number | null };
    assert.ok(raw.length <= 2 * 18);
    // What Windows says to be there besides is zero.
    assert.ok(
      Buffer.from(sense ?? [])
        .toString('hex')
        .startsWith(raw.replace(/0*$/, '')),
      raw,
    );
    const isByte = (code: number | null) => code === null || (Number.isInteger(code) && code >= 0 && code < 256);
    assert.ok([asc, ascq].every(isByte));
  }
  assert.doesNotThrow(() => JSON.stringify(error));
  return 'failure';
}

function anyReply(): fc.Arbitrary<Partial<ScsiReply>> {
  const length = fc.oneof(fc.nat(300), fc.constantFrom(0, 7, 8, 9, 11, 12, 32, 255, 256, 4096, 0xffff_ffff));
  const success = fc.record(
    {
      response: anyResponse(),
      responseSize: length,
      scsiStatus: fc.oneof({ arbitrary: fc.constant(0), weight: 4 }, fc.nat(255)),
    },
    { requiredKeys: ['response'] },
  );
  const failure = fc.record(
    {
      status: fc.constantFrom(FAILED, FAILED, 0xefff0060, 122, 5),
      scsiStatus: fc.oneof({ arbitrary: fc.constant(2), weight: 4 }, fc.nat(255)),
      response: anyResponse(),
      responseSize: length,
      sense: anySense(),
      senseSize: length,
    },
    { requiredKeys: ['status', 'scsiStatus'] },
  );
  return fc.oneof({ arbitrary: success, weight: 3 }, failure);
}

/** Any bytes, above all such as begin as an answer does. */
function anyResponse(): fc.Arbitrary<Uint8Array> {
  const sizes = fc.constantFrom(0, 3, 4, 8, 12, 32, 36, 96);
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    sizes.chain(size => fc.uint8Array({ minLength: size, maxLength: size })),
  );
  return fc.oneof(bytes, anyPage(), anyLuns());
}

function anyPage(): fc.Arbitrary<Uint8Array> {
  const designator = fc
    .tuple(fc.nat(255), fc.nat(255), fc.uint8Array({ maxLength: 40 }), fc.oneof(fc.constant(0), fc.nat(255)))
    .map(([first, second, value, more]) => Buffer.from([first, second, 0, (value.length + more) & 0xff, ...value]));
  const content = fc.oneof(
    fc.array(designator, { maxLength: 12 }).map(all => Buffer.concat(all)),
    fc.uint8Array({ maxLength: 300 }),
  );
  const length = fc.option(fc.oneof(fc.nat(400), fc.constant(0xffff)), { freq: 3 });
  return fc.tuple(fc.constantFrom(0x00, 0x80, 0x83, 0xb0), content, length).map(([code, bytes, said]) => {
    const head = Buffer.from([0, code, 0, 0]);
    head.writeUInt16BE(said ?? bytes.length, 2);
    return Buffer.concat([head, bytes]);
  });
}

function anyLuns(): fc.Arbitrary<Uint8Array> {
  const said = fc.option(fc.oneof(fc.nat(5000), fc.constant(0xffff_ffff)), { freq: 3 });
  return fc.tuple(fc.uint8Array({ maxLength: 120 }), said).map(([luns, length]) => {
    const whole = luns.subarray(0, luns.length - (luns.length % 8));
    const head = Buffer.alloc(8);
    head.writeUInt32BE(length ?? whole.length);
    return Buffer.concat([head, whole]);
  });
}

function anySense(): fc.Arbitrary<Uint8Array> {
  const known = fc
    .tuple(fc.constantFrom(0x70, 0x71, 0x72, 0x73, 0xf0), fc.uint8Array({ maxLength: 40 }))
    .map(([code, rest]) => Uint8Array.from([code, ...rest]));
  return fc.oneof(known, fc.uint8Array({ maxLength: 40 }));
}
