import { type DiskFilter, findDisks, type Library } from 'iscsidsc';
import { createSimulator, exampleSessions, type SimulatedLun } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { failingVolumes } from '../answering-windows.js';
import { answering } from './answering-library.js';

const BUSY = 0xefff001f;
const FAILED = 0xefff0001;
const NAME = '\\\\?\\Volume{b75e2c83-0000-0000-0000-602f00000000}\\';
const TARGET = (number: number) => `iqn.2003-01.org.example:disk-${number}`;

/** Two targets: the first has LUN 0 and a volume, the second the LUNs 0 and 1, of which a volume spans both. */
function machine() {
  const luns: SimulatedLun[][] = [
    [{ lun: 0, serialNumber: 'SN-0', volumes: [{ name: NAME, paths: ['E:\\', 'C:\\mnt\\data\\'] }] }],
    [
      { lun: 0, serialNumber: 'SN-10', volumes: [{ paths: ['S:\\'], alsoOnLuns: [1] }] },
      { lun: 1, serialNumber: 'SN-11', volumes: [] },
    ],
  ];
  const targets = luns.map((each, number) => ({
    targetName: TARGET(number),
    portalGroups: [[`10.0.0.${number + 1}`]],
    luns: each,
  }));
  return createSimulator({ network: { targets }, sessions: exampleSessions(2) });
}

const numbers = async (filter: DiskFilter, library: Library) =>
  (await findDisks(filter, { library, retries: 0 })).map(({ deviceNumber }) => deviceNumber);

describe('findDisks', () => {
  it.each<[DiskFilter, number[]]>([
    [{ targetName: TARGET(1).toUpperCase() }, [2, 3]],
    [{ targetName: TARGET(1), lun: 1 }, [3]],
    [{ lun: 0 }, [1, 2]],
    [{ lun: 9 }, []],
    [{ deviceNumber: 2 }, [2]],
    [{ deviceNumber: 0 }, []],
    [{ serialNumber: 'SN-11' }, [3]],
    [{ serialNumber: 'sn-11' }, []],
    [{ volume: 'E:' }, [1]],
    [{ volume: 'e:\\' }, [1]],
    [{ volume: 'C:\\mnt\\data' }, [1]],
    [{ volume: 'c:/mnt/DATA/' }, [1]],
    [{ volume: 'C:\\mnt' }, []],
    [{ volume: NAME }, [1]],
    [{ volume: NAME.slice(0, -1).toUpperCase() }, [1]],
    [{ volume: 'S:' }, [2, 3]],
    [{ volume: 'S:', lun: 1 }, [3]],
    [{ volume: 'C:' }, []],
    [{ volume: 'X:' }, []],
  ])('%j fits the disks %j', async (filter, expected) => {
    using library = machine();
    expect(await numbers(filter, library)).toEqual(expected);
  });

  it.each([
    {},
    { targetName: undefined },
    { targetName: '' },
    { lun: -1 },
    { lun: '0' },
    { deviceNumber: 1.5 },
    { serialNumber: '' },
    { volume: '' },
    // No disk would ever fit.
    { volume: 'E' },
    { volume: 'mnt' },
    { volume: '\\\\.\\PhysicalDrive1' },
    { letter: 'E:' },
    null,
    'E:',
  ])('refuses %j before any call', async filter => {
    using simulator = machine();
    const library = answering(simulator, {
      GetIScsiSessionListW() {
        throw new Error('called');
      },
    });
    const call = findDisks(filter as DiskFilter, { library });
    await expect(call).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_INVALID_ARGUMENT' });
  });

  it('asks no other sessions for devices, and no other disks what they are', async () => {
    using simulator = machine();
    const asked: string[] = [];
    const record = (name: string) => (id: unknown) => {
      asked.push(`${name} ${(id as Buffer).readUInt8(8)}`);
      return undefined;
    };
    const names = ['GetDevicesForIScsiSessionW', 'SendScsiInquiry', 'SendScsiReadCapacity'];
    const library = answering(simulator, Object.fromEntries(names.map(name => [name, record(name)])));
    await findDisks({ targetName: TARGET(0) }, { library });
    const one = ['SendScsiInquiry', 'SendScsiReadCapacity', 'SendScsiInquiry'];
    expect(asked).toEqual(['GetDevicesForIScsiSessionW', ...one].map(name => `${name} 0`));
    asked.length = 0;
    await findDisks({ deviceNumber: 3 }, { library });
    expect(asked.filter(each => each.startsWith('Send'))).toEqual(one.map(name => `${name} 1`));
  });

  it('rejects rather than finding none where a disk could not be looked at', async () => {
    using simulator = machine();
    const fails = (name: string, status = FAILED) => answering(simulator, { [name]: () => status });
    const failed = { code: 'ISDSC_NON_SPECIFIC_ERROR' };
    await expect(numbers({ lun: 0 }, fails('ReportActiveIScsiTargetMappingsW'))).rejects.toMatchObject(failed);
    await expect(numbers({ serialNumber: 'x' }, fails('SendScsiInquiry'))).rejects.toMatchObject(failed);
    await expect(numbers({ deviceNumber: 1 }, fails('GetDevicesForIScsiSessionW', BUSY))).rejects.toMatchObject({
      code: 'ISDSC_SESSION_BUSY',
      syscall: 'GetDevicesForIScsiSessionW',
    });
    await expect(numbers({ volume: 'E:' }, failingVolumes(simulator))).rejects.toMatchObject({
      code: 'ERROR_ACCESS_DENIED',
    });
  });

  it('finds what fits although other disks could not be looked at', async () => {
    using simulator = machine();
    const library = answering(simulator, {
      GetDevicesForIScsiSessionW: id => ((id as Buffer).readUInt8(8) === 0 ? BUSY : undefined),
    });
    expect(await numbers({ deviceNumber: 2 }, library)).toEqual([2]);
    // That of another target has nothing to do with it.
    expect(await numbers({ targetName: TARGET(1), lun: 7 }, library)).toEqual([]);
    // What is not asked for need not be known.
    expect(await numbers({ deviceNumber: 2 }, failingVolumes(simulator))).toEqual([2]);
  });
});
