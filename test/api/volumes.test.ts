import fc from 'fast-check';
import { type IscsidscError, rescanDisks } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { callAsync, callSync } from '../../src/api/call.js';
import type { ListedVolume, Volume } from '../../src/api/volumes/volume.js';
import { volumeList } from '../../src/api/volumes/volume-list.js';
import { volumesInUse } from '../../src/api/volumes/volumes-in-use.js';
import { AnsweringWindows, TRUE, type WindowsAnswer, type WindowsAnswerTable } from '../answering-windows.js';
import { errorOf } from '../contract/outcome.js';

const NAME = '\\\\?\\Volume{b75e2c83-0000-0000-0000-602f00000000}\\';
const OTHER = '\\\\?\\Volume{00000000-0000-0000-0000-100000000000}\\';
const EXTENTS = 0x560000;
const QUERY = 0x2d1400;
const RESCAN = 0x4101c;
const LOCK = 0x90018;
const UNLOCK = 0x9001c;
const fails = (lastError: number) => () => ({ lastError });

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
    DeviceIoControl: control({ [EXTENTS]: bytesOf(extents([1, 1048576n, 2n ** 30n])) }),
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

type Control = (
  input: Buffer | null,
  output: Buffer,
  returned: Uint32Array,
  handle: bigint,
) => ReturnType<WindowsAnswer>;

/** Answers by the code of the request. */
function control(answers: Readonly<Record<number, Control>>): WindowsAnswer {
  return (handle: bigint, code: number, input: Buffer, inSize: number, output: Buffer, outSize: number, returned) => {
    expect([input?.length ?? 0, output?.length ?? 0]).toEqual([inSize, outSize]);
    return answers[code]?.(input, output, returned, handle) ?? TRUE;
  };
}

/** Writes as many of the bytes as there is room for, and says how many it has used. */
function bytesOf(bytes: Buffer, used?: number): Control {
  return (_, output, returned) => {
    bytes.copy(output);
    returned[0] = used ?? Math.min(bytes.length, output.length);
    return bytes.length > output.length ? { lastError: 234 } : TRUE;
  };
}

function extents(...list: readonly (readonly [disk: number, start: bigint, length: bigint])[]): Buffer {
  const bytes = Buffer.alloc(8 + 24 * list.length);
  bytes.writeUInt32LE(list.length);
  for (const [index, [disk, start, length]] of list.entries()) {
    bytes.writeUInt32LE(disk, 8 + 24 * index);
    bytes.writeBigInt64LE(start, 16 + 24 * index);
    bytes.writeBigInt64LE(length, 24 + 24 * index);
  }
  return bytes;
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
    const library = windowsWith([NAME], {
      GetVolumePathNamesForVolumeNameW: paths('E:\\', 'C:\\mnt\\Daten ü\\'),
      DeviceIoControl: control({ [EXTENTS]: bytesOf(written) }),
    });
    const volume = {
      name: NAME,
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
    expect(only(windowsWith([NAME], { GetVolumePathNamesForVolumeNameW: paths() }))).toMatchObject({
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
    const library: AnsweringWindows = windowsWith([NAME], { CreateFileW });
    only(library);
    expect(opened).toEqual([[NAME.slice(0, -1), 0, 7, null, 3, 0, 0n]]);
  });

  it.each([1, 21, 50])('are on no disk if the answer is error %d, as that of a CD drive is', lastError => {
    const DeviceIoControl = fails(lastError);
    const onNone = { name: NAME, paths: ['E:\\'], disks: [], error: null };
    expect(only(windowsWith([NAME], { DeviceIoControl }))).toEqual(onNone);
    expect(only(windowsWith([NAME], { CreateFileW: DeviceIoControl }))).toEqual(onNone);
  });

  it.each(['GetVolumePathNamesForVolumeNameW', 'CreateFileW', 'DeviceIoControl'] as const)(
    'that go while %s asks are left out, and others stay',
    name => {
      for (const lastError of [2, 3])
        expect(listed(windowsWith([NAME, OTHER], { [name]: fails(lastError) }))).toEqual([]);
      let calls = 0;
      const once: WindowsAnswer = (...args: unknown[]) => {
        if (calls++ === 0) return { lastError: 2 };
        if (name === 'CreateFileW') return library.opened();
        if (name === 'DeviceIoControl')
          return control({ [EXTENTS]: bytesOf(extents([1, 0n, 1n])) })(...(args as never[]));
        return paths('E:\\')(...(args as never[]));
      };
      const library: AnsweringWindows = windowsWith([NAME, OTHER], { [name]: once });
      expect(listed(library).map(volume => volume.name)).toEqual([OTHER]);
      expect(library.open.size).toBe(0);
    },
  );

  it.each([
    ['GetVolumePathNamesForVolumeNameW', { paths: [] }],
    ['CreateFileW', { disks: [] }],
    ['DeviceIoControl', { disks: [] }],
  ] as const)('keep why %s has failed', (syscall, without) => {
    expect(only(windowsWith([NAME], { [syscall]: fails(5) }))).toMatchObject({
      name: NAME,
      ...without,
      error: { code: 'ERROR_ACCESS_DENIED', syscall },
    });
  });

  it('are not those found before, if Windows breaks off', () => {
    const library = windowsWith([NAME], { FindNextVolumeW: fails(1167) });
    expect(() => listed(library)).toThrow(expect.objectContaining({ code: 'ERROR_DEVICE_NOT_CONNECTED' }));
    expect(library.open.size).toBe(0);
  });

  it('end, although Windows finds ever more', () => {
    const FindNextVolumeW = (_: bigint, buffer: Buffer) => {
      wide(OTHER).copy(buffer);
      return TRUE;
    };
    const library = windowsWith([NAME], { FindNextVolumeW });
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
    ['no backslash at the end', NAME.slice(0, -1)],
    ['more behind the name', `${NAME}file`],
    ['a GUID that is none', '\\\\?\\Volume{b75e2c83-0000-0000-0000-602f0000000g}\\'],
  ])('is refused as a name: %s', (_, name) => {
    for (const names of [[name], [NAME, name]]) {
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
    const volume = only(windowsWith([NAME], { GetVolumePathNamesForVolumeNameW }));
    expect(volume).toMatchObject({ paths: [], error: malformed(expect.stringMatching(/^lp/)) });
  });

  it.each<[string, Buffer, number?]>([
    ['nothing at all', Buffer.alloc(0), 0],
    ['nothing, with a length', Buffer.alloc(0), 32],
    ['less than a number', Buffer.from([1, 0, 0]), 3],
    ['no disk, as Wine does', Buffer.alloc(32), 32],
    ['more disks than bytes', extents([1, 0n, 1n]), 31],
    ['far more disks than bytes', Buffer.from('ffffffff00000000', 'hex').subarray(0, 8), 8],
    ['a negative start', extents([1, -1n, 1n])],
    ['a negative length', extents([1, 0n, 1n], [2, 0n, -(2n ** 63n)])],
    ['more bytes than there is room for', extents([1, 0n, 1n]), 513],
    ['a length that is not written', extents([1, 0n, 1n]), 0xffffffff],
  ])('is refused as extents: %s', (_, bytes, used) => {
    const library = windowsWith([NAME], { DeviceIoControl: control({ [EXTENTS]: bytesOf(bytes, used) }) });
    expect(only(library)).toMatchObject({ paths: ['E:\\'], disks: [], error: malformed(expect.anything()) });
  });

  it('is read into ever more memory, until it fits or is too much to be true', () => {
    for (const count of [1, 21, 22, 1000, 10_000]) {
      const list = Array.from({ length: count }, (_, disk) => [disk, 0n, 1n] as const);
      const letters = Array.from({ length: count }, (_, index) => `C:\\mnt\\${index}\\`);
      const library = windowsWith([NAME], {
        GetVolumePathNamesForVolumeNameW: paths(...letters),
        DeviceIoControl: control({ [EXTENTS]: bytesOf(extents(...list)) }),
      });
      const volume = only(library);
      expect(volume.disks.map(({ deviceNumber }) => deviceNumber)).toEqual(list.map(([disk]) => disk));
      expect(volume.paths).toEqual(letters);
    }
    for (const lastError of [122, 234]) {
      const library = windowsWith([NAME], { DeviceIoControl: fails(lastError) });
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
          const bytes = extents(...list);
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
        const library = windowsWith([NAME], {
          GetVolumePathNamesForVolumeNameW: pathBytes(pathMemory, pathUsed),
          DeviceIoControl: control({ [EXTENTS]: bytesOf(extentMemory, extentUsed) }),
        });
        const volume = only(library);
        if (volume.disks.length > 0) {
          const length = 8 + 24 * volume.disks.length;
          const again = extents(
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

describe('a volume in use', () => {
  const volumes = [{ name: NAME }, { name: OTHER }];
  const found = (library: AnsweringWindows) => callSync({ library }, checked => volumesInUse(checked, volumes));
  const inUse = (answers: WindowsAnswerTable) => {
    const library = new AnsweringWindows(answers);
    const names = found(library).map(({ name }) => name);
    expect(library.open.size).toBe(0);
    return names;
  };

  it('cannot be locked; another is locked and unlocked', () => {
    const codes: number[] = [];
    const DeviceIoControl: WindowsAnswer = (handle: bigint, code: number) => {
      codes.push(code);
      return handle === 4n ? { lastError: 5 } : TRUE;
    };
    expect(inUse({ DeviceIoControl })).toEqual([NAME]);
    expect(codes).toEqual([LOCK, LOCK, UNLOCK]);
    expect(inUse({ DeviceIoControl: control({ [LOCK]: fails(32) }) })).toEqual([NAME, OTHER]);
    expect(inUse({})).toEqual([]);
  });

  it('can be one that another program has for itself', () => {
    expect(inUse({ CreateFileW: fails(32) })).toEqual([NAME, OTHER]);
    expect(inUse({ CreateFileW: fails(5) })).toEqual([NAME, OTHER]);
  });

  it('is told apart from one that the program has no right to open', () => {
    const library = new AnsweringWindows({ CreateFileW: fails(5), IsUserAnAdmin: () => ({ value: 0n }) });
    expect(() => found(library)).toThrow(
      expect.objectContaining({ code: 'ERROR_ACCESS_DENIED', syscall: 'CreateFileW' }),
    );
  });

  it('is none that has gone', () => {
    for (const lastError of [2, 3]) expect(inUse({ CreateFileW: fails(lastError) })).toEqual([]);
  });

  it('can be on a disk that can be read only', () => {
    const CreateFileW: WindowsAnswer = (_: string, access: number) =>
      access === 0xc0000000 ? { lastError: 19 } : library.opened();
    const library = new AnsweringWindows({ CreateFileW, DeviceIoControl: control({ [LOCK]: fails(5) }) });
    expect(found(library)).toEqual(volumes);
    expect(library.open.size).toBe(0);
  });

  it('is not guessed at if another error comes', () => {
    for (const answers of [
      { CreateFileW: fails(21) },
      { DeviceIoControl: control({ [LOCK]: fails(1117) }) },
      { DeviceIoControl: control({ [UNLOCK]: fails(5) }) },
    ]) {
      const library = new AnsweringWindows(answers);
      expect(() => found(library)).toThrow(expect.objectContaining({ name: 'StatusError' }));
      expect(library.open.size).toBe(0);
    }
  });

  it('is looked for as any of these answers, and every handle is closed', () => {
    const answer = fc.constantFrom<ReturnType<WindowsAnswer>>(
      TRUE,
      ...[1, 2, 5, 19, 21, 32, 1117].map(lastError => ({ lastError })),
    );
    const handle = fc.constantFrom<number | null>(null, 2, 5, 19, 32, 21);
    fc.assert(
      fc.property(fc.infiniteStream(handle), fc.infiniteStream(answer), fc.boolean(), (opens, answers, elevated) => {
        const library: AnsweringWindows = new AnsweringWindows({
          CreateFileW: () => {
            const lastError = opens.next().value;
            return lastError === null ? library.opened() : { lastError };
          },
          DeviceIoControl: () => answers.next().value,
          IsUserAnAdmin: () => ({ value: elevated ? 1n : 0n }),
        });
        let names: readonly Pick<Volume, 'name'>[] = [];
        try {
          names = found(library);
        } catch (error) {
          expect((error as IscsidscError).errno).toBeGreaterThan(0);
        }
        expect(volumes).toEqual(expect.arrayContaining([...names]));
        expect(library.open.size).toBe(0);
      }),
    );
  });
});

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
