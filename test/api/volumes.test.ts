import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callAsync, callSync } from '../../src/api/call.js';
import type { ListedVolume } from '../../src/api/volumes/volume.js';
import { volumeList } from '../../src/api/volumes/volume-list.js';
import {
  AnsweringWindows,
  diskExtents,
  TRUE,
  type WindowsAnswer,
  type WindowsAnswerTable,
} from '../answering-windows.js';
import { bytesOf, control, FIRST_VOLUME, fails, OTHER_VOLUME } from './device-control.js';

const EXTENTS = 0x560000;

/** Answers with these volumes. What is not answered besides succeeds and writes nothing. */
function windowsWith(names: readonly (string | Buffer)[], answers: WindowsAnswerTable = {}): AnsweringWindows {
  const left: (string | Buffer)[] = [];
  const write = (buffer: Buffer) => {
    const name = left.shift();
    if (name === undefined) return { lastError: 18 };
    wide(name).copy(buffer);
    return TRUE;
  };
  const library: AnsweringWindows = new AnsweringWindows({
    FindFirstVolumeW: (buffer: Buffer) => {
      left.splice(0, left.length, ...names);
      const written = write(buffer);
      return 'value' in written ? library.opened() : written;
    },
    FindNextVolumeW: (_: bigint, buffer: Buffer) => write(buffer),
    GetVolumePathNamesForVolumeNameW: paths('E:\\'),
    DeviceIoControl: control({ [EXTENTS]: bytesOf(diskExtents([1, 1048576n, 2n ** 30n])) }),
    ...answers,
  });
  return library;
}

/** Text as Windows writes it, with its terminator; bytes as they are. */
function wide(text: string | Buffer): Buffer {
  return typeof text === 'string' ? Buffer.from(`${text}\0`, 'utf16le') : text;
}

/** A multi-string. */
function paths(...list: string[]): WindowsAnswer {
  return pathBytes(Buffer.from(`${list.map(path => `${path}\0`).join('')}\0`, 'utf16le'));
}

function pathBytes(bytes: Buffer, used = bytes.length / 2): WindowsAnswer {
  return (_: string, buffer: Buffer, size: number, returned: Uint32Array) => {
    returned[0] = used;
    if (bytes.length > size * 2) return { lastError: 234 };
    bytes.copy(buffer);
    return TRUE;
  };
}

const listed = (library: AnsweringWindows) => callSync({ library }, volumeList);

/** The one volume there is. */
function only(library: AnsweringWindows): ListedVolume {
  const [volume, ...more] = listed(library);
  expect(more).toEqual([]);
  expect(library.open.size).toBe(0);
  return volume as ListedVolume;
}

function malformed(member: unknown) {
  return expect.objectContaining({ code: 'ERR_ISCSIDSC_MALFORMED_REPLY', member });
}

describe('the volumes', () => {
  it('are read as winioctl.h lays them out: one on two disks, with a letter and a mount point', async () => {
    // The number of extents and padding; of each a disk number, padding that may be anything, and two numbers.
    const written = Buffer.from(
      '0200000000000000' +
        '01000000efbeadde' +
        '0000100000000000' +
        '0000f03f00000000' +
        '02000000efbeadde' +
        '0000000100000000' +
        '0000000000010000',
      'hex',
    );
    const library = windowsWith([FIRST_VOLUME], {
      GetVolumePathNamesForVolumeNameW: paths('E:\\', 'C:\\mnt\\Daten ü\\'),
      DeviceIoControl: control({ [EXTENTS]: bytesOf(written) }),
    });
    const volume = {
      name: FIRST_VOLUME,
      paths: ['E:\\', 'C:\\mnt\\Daten ü\\'],
      disks: [
        { deviceNumber: 1, startingOffset: 0x100000n, length: 0x3ff00000n },
        { deviceNumber: 2, startingOffset: 0x1000000n, length: 0x10000000000n },
      ],
      error: null,
    };
    expect(listed(library)).toEqual([volume]);
    expect(await callAsync({ library }, volumeList)).toEqual([volume]);
    expect(library.open.size).toBe(0);
  });

  it('are none if Windows finds none', () => {
    expect(listed(windowsWith([]))).toEqual([]);
  });

  it('have no path, unless one is mounted', () => {
    expect(only(windowsWith([FIRST_VOLUME], { GetVolumePathNamesForVolumeNameW: paths() }))).toMatchObject({
      paths: [],
      error: null,
    });
  });

  it('are opened by their name without the backslash, with no access', () => {
    const opened: unknown[][] = [];
    const CreateFileW = (...args: unknown[]) => {
      opened.push(args);
      return { value: library.opened().value };
    };
    const library: AnsweringWindows = windowsWith([FIRST_VOLUME], { CreateFileW });
    only(library);
    expect(opened).toEqual([[FIRST_VOLUME.slice(0, -1), 0, 7, null, 3, 0, 0n]]);
  });

  it.each([1, 21, 50])('are on no disk if the answer is error %d, as that of a CD drive is', lastError => {
    const DeviceIoControl = fails(lastError);
    const onNone = { name: FIRST_VOLUME, paths: ['E:\\'], disks: [], error: null };
    expect(only(windowsWith([FIRST_VOLUME], { DeviceIoControl }))).toEqual(onNone);
    expect(only(windowsWith([FIRST_VOLUME], { CreateFileW: DeviceIoControl }))).toEqual(onNone);
  });

  it.each(['GetVolumePathNamesForVolumeNameW', 'CreateFileW', 'DeviceIoControl'] as const)(
    'that go while %s asks are left out, and others stay',
    name => {
      for (const lastError of [2, 3])
        expect(listed(windowsWith([FIRST_VOLUME, OTHER_VOLUME], { [name]: fails(lastError) }))).toEqual([]);
      let calls = 0;
      const once: WindowsAnswer = (...args: unknown[]) => {
        if (calls++ === 0) return { lastError: 2 };
        if (name === 'CreateFileW') return library.opened();
        if (name === 'DeviceIoControl')
          return control({ [EXTENTS]: bytesOf(diskExtents([1, 0n, 1n])) })(...(args as never[]));
        return paths('E:\\')(...(args as never[]));
      };
      const library: AnsweringWindows = windowsWith([FIRST_VOLUME, OTHER_VOLUME], { [name]: once });
      expect(listed(library).map(volume => volume.name)).toEqual([OTHER_VOLUME]);
      expect(library.open.size).toBe(0);
    },
  );

  it.each([
    ['GetVolumePathNamesForVolumeNameW', { paths: [] }],
    ['CreateFileW', { disks: [] }],
    ['DeviceIoControl', { disks: [] }],
  ] as const)('keep why %s has failed', (syscall, without) => {
    expect(only(windowsWith([FIRST_VOLUME], { [syscall]: fails(5) }))).toMatchObject({
      name: FIRST_VOLUME,
      ...without,
      error: { code: 'ERROR_ACCESS_DENIED', syscall },
    });
  });

  it('are not those found before, if Windows breaks off', () => {
    const library = windowsWith([FIRST_VOLUME], { FindNextVolumeW: fails(1167) });
    expect(() => listed(library)).toThrow(expect.objectContaining({ code: 'ERROR_DEVICE_NOT_CONNECTED' }));
    expect(library.open.size).toBe(0);
  });

  it('end, although Windows finds ever more', () => {
    const FindNextVolumeW = (_: bigint, buffer: Buffer) => {
      wide(OTHER_VOLUME).copy(buffer);
      return TRUE;
    };
    const library = windowsWith([FIRST_VOLUME], { FindNextVolumeW });
    expect(() => listed(library)).toThrow(expect.objectContaining({ code: 'ERR_ISCSIDSC_MALFORMED_REPLY' }));
    expect(library.open.size).toBe(0);
  });
});

describe('what Windows writes of a volume', () => {
  it.each<[string, string | Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['an empty name', ''],
    ['a name without an end', Buffer.alloc(520, 'A')],
    ['the name of a file', 'C:\\secret.txt'],
    ['a device', '\\\\.\\PhysicalDrive0'],
    ['no backslash at the end', FIRST_VOLUME.slice(0, -1)],
    ['more behind the name', `${FIRST_VOLUME}file`],
    ['a GUID that is none', '\\\\?\\Volume{b75e2c83-0000-0000-0000-602f0000000g}\\'],
  ])('is refused as a name: %s', (_, name) => {
    for (const names of [[name], [FIRST_VOLUME, name]]) {
      const library = windowsWith(names);
      expect(() => listed(library)).toThrow(malformed('lpszVolumeName'));
      expect(library.calls).not.toContain('CreateFileW');
      expect(library.open.size).toBe(0);
    }
  });

  it.each<[string, WindowsAnswer]>([
    ['nothing', () => TRUE],
    ['no path and no length', pathBytes(Buffer.alloc(0), 0)],
    ['a list without an end', pathBytes(Buffer.alloc(1024, 'A'))],
    ['more than there is room for', pathBytes(Buffer.from('\0\0', 'utf16le'), 513)],
  ])('is refused as paths: %s', (_, GetVolumePathNamesForVolumeNameW) => {
    const volume = only(windowsWith([FIRST_VOLUME], { GetVolumePathNamesForVolumeNameW }));
    expect(volume).toMatchObject({ paths: [], error: malformed(expect.stringMatching(/^lp/)) });
  });

  it.each<[string, Buffer, number?]>([
    ['nothing at all', Buffer.alloc(0), 0],
    ['nothing, with a length', Buffer.alloc(0), 32],
    ['less than a number', Buffer.from([1, 0, 0]), 3],
    ['no disk, as Wine does', Buffer.alloc(32), 32],
    ['more disks than bytes', diskExtents([1, 0n, 1n]), 31],
    ['far more disks than bytes', Buffer.from('ffffffff00000000', 'hex').subarray(0, 8), 8],
    ['a negative start', diskExtents([1, -1n, 1n])],
    ['a negative length', diskExtents([1, 0n, 1n], [2, 0n, -(2n ** 63n)])],
    ['more bytes than there is room for', diskExtents([1, 0n, 1n]), 513],
    ['a length that is not written', diskExtents([1, 0n, 1n]), 0xffffffff],
  ])('is refused as extents: %s', (_, bytes, used) => {
    const library = windowsWith([FIRST_VOLUME], { DeviceIoControl: control({ [EXTENTS]: bytesOf(bytes, used) }) });
    expect(only(library)).toMatchObject({ paths: ['E:\\'], disks: [], error: malformed(expect.anything()) });
  });

  it('is read into ever more memory, until it fits or is too much to be true', () => {
    for (const count of [1, 21, 22, 1000, 10_000]) {
      const list = Array.from({ length: count }, (_, disk) => [disk, 0n, 1n] as const);
      const letters = Array.from({ length: count }, (_, index) => `C:\\mnt\\${index}\\`);
      const library = windowsWith([FIRST_VOLUME], {
        GetVolumePathNamesForVolumeNameW: paths(...letters),
        DeviceIoControl: control({ [EXTENTS]: bytesOf(diskExtents(...list)) }),
      });
      const volume = only(library);
      expect(volume.disks.map(({ deviceNumber }) => deviceNumber)).toEqual(list.map(([disk]) => disk));
      expect(volume.paths).toEqual(letters);
    }
    for (const lastError of [122, 234]) {
      const library = windowsWith([FIRST_VOLUME], { DeviceIoControl: fails(lastError) });
      expect(only(library).error).toMatchObject({ code: 'ERR_ISCSIDSC_BUFFER_TOO_LARGE', syscall: 'DeviceIoControl' });
      expect(library.calls.length).toBeLessThan(20);
    }
  });

  it('may be any bytes: they are read as what they are, or refused', () => {
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc
        .tuple(fc.nat(4), fc.array(fc.tuple(fc.nat(), fc.bigInt(0n, 2n ** 63n - 1n), fc.bigInt(-4n, 2n ** 62n))))
        .map(([count, list]) => {
          const bytes = diskExtents(...list);
          if (count > 0) bytes.writeUInt32LE(count);
          return bytes;
        }),
      fc.array(fc.string({ maxLength: 20 })).map(list => Buffer.from(`${list.join('\0')}\0\0`, 'utf16le')),
    );
    const used = fc.option(fc.oneof(fc.nat(700), fc.nat(0xffffffff)), { nil: undefined });
    fc.assert(
      fc.property(anyBytes, used, anyBytes, used, (path, pathUsed, extent, extentUsed) => {
        const pathMemory = Buffer.from(path);
        const extentMemory = Buffer.from(extent);
        const library = windowsWith([FIRST_VOLUME], {
          GetVolumePathNamesForVolumeNameW: pathBytes(pathMemory, pathUsed),
          DeviceIoControl: control({ [EXTENTS]: bytesOf(extentMemory, extentUsed) }),
        });
        const volume = only(library);
        if (volume.disks.length > 0) {
          const length = 8 + 24 * volume.disks.length;
          const again = diskExtents(
            ...volume.disks.map(each => [each.deviceNumber, each.startingOffset, each.length] as const),
          );
          expect(length).toBeLessThanOrEqual(extentUsed ?? extentMemory.length);
          // All but the padding is what was written.
          for (let at = 0; at < length; at += 4) {
            const isPadding = at === 4 || (at >= 8 && (at - 8) % 24 === 4);
            if (!isPadding) expect(again.readUInt32LE(at)).toBe(extentMemory.readUInt32LE(at));
          }
        }
        const text = volume.paths.map(each => `${each}\0`).join('');
        if (text !== '') expect(pathMemory.toString('utf16le').startsWith(`${text}\0`)).toBe(true);
        const { error } = volume;
        if (error) expect(['ERR_ISCSIDSC_MALFORMED_REPLY', 'ERR_ISCSIDSC_BUFFER_TOO_LARGE']).toContain(error.code);
        if (volume.disks.length === 0) expect(error).not.toBeNull();
      }),
      { numRuns: 1000 },
    );
  });
});
