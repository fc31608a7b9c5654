import { rescanDisks } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { AnsweringWindows, TRUE } from '../answering-windows.js';
import { errorOf } from '../contract/outcome.js';
import { bytesOf, type Control, control, fails } from './device-control.js';

const QUERY = 0x2d1400;
const RESCAN = 0x4101c;

describe('rescanDisks', () => {
  /** The bus type of each port, or the error with which it fails to say so. */
  function ports(busTypes: Readonly<Record<number, number | Control>>, rescan: (port: number) => number = () => 0) {
    const opened = new Map<bigint, number>();
    const rescanned: number[] = [];
    const library: AnsweringWindows = new AnsweringWindows({
      CreateFileW: (path: string) => {
        const number = Number(/^\\\\\.\\Scsi(\d+):$/.exec(path)?.[1]);
        if (busTypes[number] === undefined) return { lastError: 2 };
        const handle = library.opened();
        opened.set(handle.value, number);
        return handle;
      },
      DeviceIoControl: control({
        [QUERY]: (input, output, returned, handle) => {
          expect(input?.toString('hex')).toBe('010000000000000000000000');
          const bus = busTypes[opened.get(handle) ?? -1];
          return typeof bus === 'function'
            ? bus(input, output, returned, handle)
            : adapter(bus ?? 0)(input, output, returned, handle);
        },
        [RESCAN]: (_, __, ___, handle) => {
          const number = opened.get(handle) ?? -1;
          const lastError = rescan(number);
          if (lastError !== 0) return { lastError };
          rescanned.push(number);
          return TRUE;
        },
      }),
    });
    return { library, rescanned };
  }

  /** A STORAGE_ADAPTER_DESCRIPTOR. */
  function adapter(busType: number, { size = 32, used = 32 } = {}): Control {
    const bytes = Buffer.alloc(32);
    bytes.writeUInt32LE(32, 0);
    bytes.writeUInt32LE(size, 4);
    bytes[24] = busType;
    return bytesOf(bytes, used);
  }

  it('rescans the ports of the initiator and no others, also behind gaps', async () => {
    const { library, rescanned } = ports({ 0: 11, 2: 8, 3: 9, 40: 9, 255: 9, 256: 9 });
    expect(await rescanDisks({ library })).toEqual({ portNumbers: [3, 40, 255] });
    expect(rescanned).toEqual([3, 40, 255]);
    expect(library.open.size).toBe(0);
  });

  it('is done with nothing if there is no such port', async () => {
    expect(await rescanDisks({ library: ports({ 0: 11 }).library })).toEqual({ portNumbers: [] });
    expect(await rescanDisks({ library: ports({}).library })).toEqual({ portNumbers: [] });
  });

  it('goes on after a port that fails, and rejects with the reason', async () => {
    const { library, rescanned } = ports({ 1: 9, 3: 9, 4: 9 }, port => (port === 1 ? 1117 : port === 3 ? 21 : 0));
    expect(await errorOf(rescanDisks({ library }))).toMatchObject({
      code: 'ERROR_IO_DEVICE',
      syscall: 'DeviceIoControl',
    });
    expect(rescanned).toEqual([4]);
    expect(library.open.size).toBe(0);
  });

  it.each<[string, Control]>([
    ['has an error', fails(5)],
    ['is short', adapter(9, { used: 24 })],
    ['calls itself short', adapter(9, { size: 24 })],
    ['is empty', adapter(9, { used: 0 })],
    ['is longer than the memory', adapter(9, { used: 65 })],
    ['is not there', () => TRUE],
  ])(
    'takes a port for another adapter if its answer %s, unless no port of the initiator is found',
    async (_, answer) => {
      expect(await rescanDisks({ library: ports({ 1: answer, 3: 9 }).library })).toEqual({ portNumbers: [3] });
      const { library, rescanned } = ports({ 1: answer, 3: 11 });
      expect((await errorOf(rescanDisks({ library }))).code).toMatch(
        /ERROR_ACCESS_DENIED|ERR_ISCSIDSC_MALFORMED_REPLY/,
      );
      expect(rescanned).toEqual([]);
      expect(library.open.size).toBe(0);
    },
  );

  it('passes over a port whose driver does not know the question', async () => {
    for (const lastError of [1, 50]) {
      expect(await rescanDisks({ library: ports({ 1: fails(lastError) }).library })).toEqual({ portNumbers: [] });
    }
  });
});
