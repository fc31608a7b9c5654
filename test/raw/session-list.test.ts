import { bind, type Memory, statusCodes, structs } from 'iscsidsc/raw';
import { createSimulator, exampleSessions, type Simulator } from 'iscsidsc/simulator';
import koffi from 'koffi';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const { ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_PARAMETER, ERROR_NOACCESS } = statusCodes;
const GUARD = 0xa5;

let simulator: Simulator;
beforeEach(() => {
  simulator = createSimulator({ sessions: exampleSessions(3, { name: 'größe' }) });
});
afterEach(() => simulator.dispose());

const WIDE = { decode: (bytes: Buffer, start: number) => bytes.toString('utf16le', start, endOf(bytes, start, 2)) };
const ANSI = { decode: (bytes: Buffer, start: number) => bytes.toString('latin1', start, endOf(bytes, start, 1)) };

for (const [name, struct, { decode }] of [
  ['GetIScsiSessionListW', structs.ISCSI_SESSION_INFOW, WIDE],
  ['GetIScsiSessionListA', structs.ISCSI_SESSION_INFOA, ANSI],
] as const) {
  // The same call in both forms, as a promise.
  const forms = {
    sync: async (size: Memory, count: Memory, buffer: Memory) => bind(simulator)[name](size, count, buffer),
    async: (size: Memory, count: Memory, buffer: Memory) =>
      new Promise<number>((resolve, reject) => {
        bind(simulator)[name].async(size, count, buffer, (error, status) => (error ? reject(error) : resolve(status)));
      }),
  };

  for (const [form, call] of Object.entries(forms)) {
    describe(`${name} with the signature of C (${form})`, () => {
      it('asks for the size that it needs, and fills just that', async () => {
        const [size, count] = [new Uint32Array(1), new Uint32Array(1)];
        expect(await call(size, count, null)).toBe(ERROR_INSUFFICIENT_BUFFER);
        const needed = Number(size[0]);
        expect(needed).toBeGreaterThan(3 * struct.size);

        const memory = Buffer.alloc(needed + 16, GUARD);
        const bytes = memory.subarray(0, needed);
        expect(await call(size, count, bytes)).toBe(0);
        expect([size[0], count[0]]).toEqual([needed, 3]);
        expect(memory.subarray(needed)).toEqual(Buffer.alloc(16, GUARD));
        const start = offsetOf(bytes, struct.size + struct.members.TargetName.offset);
        expect(decode(bytes, start)).toBe(simulator.sessions[1]?.targetName);
      });

      it('writes nothing but the size where the buffer is too small', async () => {
        const bytes = Buffer.alloc(100, GUARD);
        const [size, count] = [Uint32Array.of(100), Uint32Array.of(77)];
        expect(await call(size, count, bytes)).toBe(ERROR_INSUFFICIENT_BUFFER);
        expect(bytes).toEqual(Buffer.alloc(100, GUARD));
        expect(size[0]).toBeGreaterThan(100);
        expect(count[0]).toBe(77);
      });

      it('writes structs that koffi.decode reads', async () => {
        const bytes = Buffer.alloc(8192);
        expect(await call(Uint32Array.of(8192), new Uint32Array(1), bytes)).toBe(0);
        const [first, second] = koffi.decode(bytes, koffi.array(struct, 2));
        const [one, two] = [first, second].map(({ SessionId }) => BigInt(SessionId.AdapterSpecific));
        expect([one, two]).toEqual([0x4000013700000000n, 0x4000013700000001n]);
        expect([first.ConnectionCount, Buffer.from(first.TSID).toString('hex')]).toEqual([1, '0100']);
      });

      it('answers a wrong argument with a status', async () => {
        const size = Uint32Array.of(4096);
        expect(await call(null, new Uint32Array(1), null)).toBe(ERROR_INVALID_PARAMETER);
        expect(await call(size, null, Buffer.alloc(4096))).toBe(ERROR_INVALID_PARAMETER);
        expect(await call(size, new Uint32Array(1), null)).toBe(ERROR_NOACCESS);
      });

      it('returns the status unchanged, unsigned', async () => {
        simulator.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
        expect(await call(Uint32Array.of(0), new Uint32Array(1), null)).toBe(0xefff003e);
      });
    });
  }
}

function offsetOf(bytes: Buffer, at: number): number {
  const pointer = koffi.sizeof('void *') === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUInt32LE(at));
  return Number(pointer - BigInt(koffi.address(bytes)));
}

function endOf(bytes: Buffer, start: number, unit: number): number {
  let end = start;
  while (bytes.subarray(end, end + unit).some(byte => byte !== 0)) end += unit;
  return end;
}
