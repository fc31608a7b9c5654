import fc from 'fast-check';
import { type DeviceOnSession, type DiskDescription, describeDisks, type Library, type SessionInfo } from 'iscsidsc';
import {
  createSimulator,
  exampleDevices,
  exampleSessions,
  type SimulatedLun,
  type SimulatorOptions,
} from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { AnsweringWindows, failingVolumes, TRUE, type WindowsAnswer } from '../answering-windows.js';
import { assertDisk } from '../contract/any/disks.js';
import { type Answer, answering } from './answering-library.js';
import { hanging } from './hanging-library.js';

const BUSY = 0xefff001f;
const NO_SESSION = 0xefff001c;
const NOT_CONNECTED = 0xefff0060;
const REFUSED = 0xefff001d;
const FAILED = 0xefff0001;
const EVPD = 1;
const IOCTL_DISK_GET_DRIVE_GEOMETRY_EX = 0x000700a0;
const once = { retries: 0 };

const target = (number: number, luns: SimulatedLun[] = [{ lun: 0 }]) => ({
  targetName: `iqn.2003-01.org.example:disk-${number}`,
  portalGroups: [[`10.0.0.${number + 1}`]],
  luns,
});

/** A machine with a session with each of these targets. */
function machine(targets: ReturnType<typeof target>[], more: SimulatorOptions = {}) {
  return createSimulator({ network: { targets }, sessions: exampleSessions(targets.length), ...more });
}

/** The library, and the sessions and LUNs that SCSI commands were sent to. */
function recorded(library: Library, answers: Partial<Record<string, Answer>> = {}) {
  const sent: string[] = [];
  const record =
    (name: string): Answer =>
    (...args) => {
      sent.push(`${name} ${Number((args[0] as Buffer).readBigUInt64LE(8) & 0xffn)} ${args[1]}`);
      return answers[name]?.(...args);
    };
  const all = Object.fromEntries(
    [...Object.keys(answers), 'SendScsiInquiry', 'SendScsiReadCapacity'].map(name => [name, record(name)]),
  );
  const others = Object.fromEntries(Object.entries(answers).filter(([name]) => !name.startsWith('SendScsi')));
  return { sent, library: answering(library, { ...all, ...others }) };
}

/** The session as one with the first target. */
const toFirst = (session: SessionInfo): SessionInfo => ({
  ...session,
  targetName: target(0).targetName,
  targetNodeName: target(0).targetName,
});

const places = (disks: readonly DiskDescription[]) =>
  disks.map(({ deviceNumber, targetName, lun }) => [deviceNumber, targetName?.at(-1), lun]);
const missing = (disk: DiskDescription | undefined) =>
  Object.entries(disk ?? {}).flatMap(([name, value]) => (name.endsWith('Error') && value ? [[name, value.code]] : []));

describe('describeDisks', () => {
  it('describes each disk by its number, with what the device says of itself', async () => {
    const luns = [
      { lun: 0, sizeBytes: 3 * 2 ** 40, vendor: 'ACME', product: 'fast', serialNumber: 'SN-1' },
      { lun: 7, sizeBytes: 5 * 2 ** 20, serialNumber: 'SN-2' },
    ];
    using library = machine([target(0), target(1, luns)]);
    const [, second, third] = await describeDisks({ library });
    const [, session] = library.sessions;
    const id = session?.sessionId ?? '';
    expect(second).toMatchObject({
      deviceNumber: 2,
      legacyName: '\\\\.\\PhysicalDrive2',
      targetName: 'iqn.2003-01.org.example:disk-1',
      lun: 0,
      sessions: [id],
      multipath: false,
      vendor: 'ACME',
      product: 'fast',
      // More than READ CAPACITY tells.
      sizeBytes: 3n * 2n ** 40n,
      serialNumber: 'SN-1',
      devices: [library.devices[id]?.[0]],
    });
    expect(third).toMatchObject({ lun: 7, sizeBytes: 5n * 2n ** 20n, vendor: 'example', serialNumber: 'SN-2' });
    expect(missing(third)).toEqual([]);
  });

  it('has the disk of several paths once if MPIO has made one of it, and asks it once', async () => {
    using simulator = machine([target(0)], { sessions: exampleSessions(2, { name: 'x' }).map(toFirst) });
    const { library, sent } = recorded(simulator);
    const [disk, ...others] = await describeDisks({ library });
    expect(others).toEqual([]);
    expect(disk).toMatchObject({ multipath: true, lun: 0, devices: [{}, {}] });
    expect(disk?.sessions).toEqual(simulator.sessions.map(({ sessionId }) => sessionId));
    expect(sent).toHaveLength(3);
  });

  it('has it twice, with the same target and LUN, where there is no MPIO', async () => {
    const sessions = exampleSessions(2, { name: 'x' }).map(toFirst);
    using library = machine([target(0)], { sessions, devices: exampleDevices(sessions) });
    const disks = await describeDisks({ library });
    expect(places(disks)).toEqual([
      [1, '0', 0],
      [2, '0', 0],
    ]);
    expect(disks.map(({ multipath }) => multipath)).toEqual([false, false]);
    expect(disks[0]?.serialNumber).toBe(disks[1]?.serialNumber);
  });

  it('leaves out what is no disk', async () => {
    using library = machine([target(0, [{ lun: 0 }, { lun: 1 }])]);
    const [[id, [tape, disk]] = ['', []]] = Object.entries(library.devices);
    if (!tape || !disk) throw new Error('there are two');
    library.devices = {
      [id]: [{ ...tape, storageDeviceNumber: { ...disk.storageDeviceNumber, deviceType: 31 } }, disk],
    };
    expect(places(await describeDisks({ library }))).toEqual([[2, '0', 1]]);
  });

  it('keeps what a device says although it refuses one command, with what it said', async () => {
    using simulator = machine([target(0)]);
    const refuse: Answer = (_id, _lun, evpd, _page, status, _size, _response, _senseSize, sense) => {
      if (evpd !== EVPD) return undefined;
      (status as Buffer).writeUInt8(2);
      (sense as Buffer).set([0x70, 0, 5, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0x24]);
      return REFUSED;
    };
    const [disk] = await describeDisks({ library: answering(simulator, { SendScsiInquiry: refuse }) });
    expect(disk).toMatchObject({
      vendor: 'example',
      sizeBytes: 2n ** 30n,
      serialNumber: null,
      serialNumberError: { code: 'ISDSC_SCSI_REQUEST_FAILED', scsiStatus: 'checkCondition', sense: { asc: 0x24 } },
    });
    expect(missing(disk)).toEqual([['serialNumberError', 'ISDSC_SCSI_REQUEST_FAILED']]);
  });

  it.each([
    ['more bytes than there is room for', 1000, 1n],
    ['too few bytes', 31, 1n],
    ['a negative number', 40, -1n],
  ])('refuses %s as the size of a large disk', async (_, written, size) => {
    using simulator = machine([target(0, [{ lun: 0, sizeBytes: 3 * 2 ** 40 }])]);
    const answer: WindowsAnswer = (_device, ioctl: number, _input, _inputSize, output: Buffer, _size, used) => {
      if (ioctl !== IOCTL_DISK_GET_DRIVE_GEOMETRY_EX) return undefined;
      output.writeBigInt64LE(size, 24);
      (used as Uint32Array)[0] = written;
      return TRUE;
    };
    const library = new AnsweringWindows({ DeviceIoControl: answer }, simulator);
    const [disk] = await describeDisks({ library });
    expect(missing(disk)).toEqual([['sizeBytesError', 'ERR_ISCSIDSC_MALFORMED_REPLY']]);
    expect(disk?.serialNumber).not.toBeNull();
  });

  it('asks a device on, of whose size Windows does not know', async () => {
    using simulator = machine([target(0, [{ lun: 0, sizeBytes: 3 * 2 ** 40 }, { lun: 1 }])]);
    const refused = (path: string) => (path === '\\\\.\\PhysicalDrive1' ? { lastError: 2 } : undefined);
    const library = new AnsweringWindows({ CreateFileW: refused }, simulator);
    const [first, second] = await describeDisks({ library });
    expect(missing(first)).toEqual([['sizeBytesError', 'ERROR_FILE_NOT_FOUND']]);
    expect([first?.serialNumber === null, second?.sizeBytes]).toEqual([false, 2n ** 30n]);
  });

  it('takes nothing for a vendor or a serial number that is said of no device', async () => {
    using simulator = machine([target(0)]);
    const nobody: Answer = (_id, _lun, evpd, page, _status, size, response) => {
      const bytes = Buffer.alloc(36, ' ');
      bytes.set(evpd === EVPD ? [0x7f, page as number, 0, 4] : [0x7f, 0, 6, 2, 31]);
      (size as Buffer).writeUInt32LE(bytes.length);
      (response as Buffer).set(bytes);
      return 0;
    };
    const [disk] = await describeDisks({ library: answering(simulator, { SendScsiInquiry: nobody }) });
    expect(disk).toMatchObject({ vendor: null, product: null, serialNumber: null, sizeBytes: 2n ** 30n });
    expect(missing(disk)).toEqual([
      ['inquiryError', 'ERR_ISCSIDSC_NO_DEVICE'],
      ['serialNumberError', 'ERR_ISCSIDSC_NO_DEVICE'],
    ]);
  });

  it('sends one command to a session that does not answer, and those of its other disks last', async () => {
    const luns = [{ lun: 0 }, { lun: 1 }];
    using simulator = machine([target(0, luns), target(1)]);
    const silent: Answer = id => ((id as Buffer).readUInt8(8) === 0 ? NOT_CONNECTED : undefined);
    const { library, sent } = recorded(simulator, { SendScsiInquiry: silent });
    const disks = await describeDisks({ library });
    expect(sent).toEqual([
      'SendScsiInquiry 0 0',
      'SendScsiInquiry 1 0',
      'SendScsiReadCapacity 1 0',
      'SendScsiInquiry 1 0',
      // That of LUN 1, which may answer.
      'SendScsiInquiry 0 256',
    ]);
    expect(missing(disks[0])).toEqual(
      ['sizeBytesError', 'inquiryError', 'serialNumberError'].map(name => [name, 'ISDSC_NO_CONNECTION_AVAILABLE']),
    );
    expect(disks.map(({ serialNumber }) => serialNumber === null)).toEqual([true, true, false]);
  });

  it('asks through a path that is connected, and that has answered so far', async () => {
    const sessions = exampleSessions(3).map(toFirst);
    const [first, ...rest] = sessions;
    if (!first) throw new Error('there are three');
    using simulator = machine([target(0, [{ lun: 0 }, { lun: 1 }])], { sessions });
    // A session without a connection keeps its disks on a machine with MPIO.
    const { devices } = simulator;
    simulator.devices = devices;
    simulator.sessions = [{ ...first, connections: [] }, ...rest];
    const silent: Answer = id => ((id as Buffer).readUInt8(8) === 1 ? NOT_CONNECTED : undefined);
    const { library, sent } = recorded(simulator, { SendScsiInquiry: silent });
    const disks = await describeDisks({ library });
    expect(sent.map(each => each.split(' ')[1])).toEqual(['1', '2', '2', '2']);
    expect(disks.map(({ vendor }) => vendor)).toEqual([null, 'example']);
  });

  it('does without a LUN where no mapping has the address of the device, and does not guess one', async () => {
    const sessions = exampleSessions(1);
    const [id = ''] = sessions.map(({ sessionId }) => sessionId);
    using simulator = machine([target(0, [{ lun: 0 }, { lun: 1 }])], { sessions });
    // As a disk of MPIO could have it.
    const moved = ({ scsiAddress, ...device }: DeviceOnSession) => ({
      ...device,
      scsiAddress: { ...scsiAddress, portNumber: 5 },
    });
    simulator.devices = { [id]: (simulator.devices[id] ?? []).map(moved) };
    const { library, sent } = recorded(simulator);
    const disks = await describeDisks({ library });
    expect(sent).toEqual([]);
    for (const disk of disks) {
      expect(missing(disk)).toEqual(
        ['lunError', 'sizeBytesError', 'inquiryError', 'serialNumberError'].map(name => [
          name,
          'ERR_ISCSIDSC_NOT_LISTED',
        ]),
      );
    }
  });

  it('describes disks although the mappings fail', async () => {
    using simulator = machine([target(0)]);
    const { library, sent } = recorded(simulator, { ReportActiveIScsiTargetMappingsW: () => FAILED });
    const [disk] = await describeDisks({ library });
    expect(disk).toMatchObject({ deviceNumber: 1, lun: null, lunError: { code: 'ISDSC_NON_SPECIFIC_ERROR' } });
    expect(sent).toEqual([]);
  });

  it('describes disks although the volumes cannot be listed', async () => {
    using simulator = machine([target(0)]);
    const [disk] = await describeDisks({ library: failingVolumes(simulator) });
    expect(disk).toMatchObject({ volumes: null, serialNumber: expect.any(String) });
    expect(missing(disk)).toEqual([['volumesError', 'ERROR_ACCESS_DENIED']]);
  });

  it('has an entry without a number for a session whose devices cannot be listed', async () => {
    using simulator = machine([target(0), target(1)]);
    const busy: Answer = id => ((id as Buffer).readUInt8(8) === 0 ? BUSY : undefined);
    const disks = await describeDisks({ library: answering(simulator, { GetDevicesForIScsiSessionW: busy }), ...once });
    expect(places(disks)).toEqual([
      [2, '1', 0],
      [null, '0', null],
    ]);
    expect(disks[1]).toMatchObject({
      sessions: [simulator.sessions[0]?.sessionId],
      multipath: null,
      devices: null,
      devicesError: { code: 'ISDSC_SESSION_BUSY' },
      volumes: null,
      volumesError: { code: 'ISDSC_SESSION_BUSY' },
    });
  });

  it('leaves out a session that has ended since it was listed', async () => {
    using simulator = machine([target(0), target(1)]);
    const gone: Answer = id => ((id as Buffer).readUInt8(8) === 0 ? NO_SESSION : undefined);
    const library = answering(simulator, { GetDevicesForIScsiSessionW: gone });
    expect(places(await describeDisks({ library }))).toEqual([[2, '1', 0]]);
  });

  it('asks a session again that was busy', async () => {
    using library = machine([target(0), target(1)], { behaviour: { deviceBusy: 2 } });
    expect(places(await describeDisks({ library, retries: 1, retryDelayMs: 1 }))).toHaveLength(2);
  });

  it('keeps what it has when a command hangs until the deadline, and says of each part how far it came', async () => {
    using simulator = machine([target(0), target(1)]);
    const library = hanging(simulator, 'SendScsiReadCapacity', () => true);
    const [first, second] = await describeDisks({ library, timeoutMs: 1000 });
    expect(first).toMatchObject({
      lun: 0,
      vendor: 'example',
      sizeBytesError: { code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'running', syscall: 'SendScsiReadCapacity' },
      serialNumberError: { code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'notStarted' },
      volumesError: null,
    });
    expect(second).toMatchObject({ deviceNumber: 2, lun: 0, inquiryError: { pending: 'notStarted' } });
  });

  it('has the sessions whose devices it did not come to, when the deadline ends', async () => {
    using simulator = machine([target(0), target(1), target(2)]);
    const library = hanging(simulator, 'GetDevicesForIScsiSessionW', call => call === 2);
    const disks = await describeDisks({ library, timeoutMs: 1000 });
    expect(places(disks)).toEqual([
      [1, '0', 0],
      [null, '1', null],
      [null, '2', null],
    ]);
    expect(disks.map(({ devicesError }) => devicesError?.pending)).toEqual([undefined, 'running', 'notStarted']);
  });

  it('rejects when it does not even have the sessions, and when its signal fires', async () => {
    using simulator = machine([target(0)]);
    const late = describeDisks({ library: hanging(simulator, 'GetIScsiSessionListW', () => true), timeoutMs: 20 });
    await expect(late).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'running' });
    const end = new AbortController();
    const library = hanging(simulator, 'SendScsiInquiry', () => {
      setImmediate(() => end.abort());
      return true;
    });
    await expect(describeDisks({ library, signal: end.signal })).rejects.toMatchObject({ code: 'ABORT_ERR' });
  });

  it('has no disks where there are no sessions, and asks for nothing else', async () => {
    using simulator = machine([]);
    const { library } = recorded(simulator, { ReportActiveIScsiTargetMappingsW: () => FAILED });
    expect(await describeDisks({ library: failingVolumes(library) })).toEqual([]);
  });

  it('has for each part its value or the reason, whatever fails', async () => {
    const status = fc.constantFrom(undefined, undefined, BUSY, NO_SESSION, NOT_CONNECTED, REFUSED, FAILED);
    const statuses = fc.array(status, { minLength: 1, maxLength: 4 });
    const names = [
      'GetDevicesForIScsiSessionW',
      'ReportActiveIScsiTargetMappingsW',
      'SendScsiInquiry',
      'SendScsiReadCapacity',
    ];
    const answers = fc.record(Object.fromEntries(names.map(name => [name, statuses])));
    await fc.assert(
      fc.asyncProperty(answers, fc.boolean(), async (failures, hasVolumes) => {
        using simulator = machine([target(0, [{ lun: 0 }, { lun: 1 }]), target(1)]);
        const failing = Object.entries(failures).map(([name, each]): [string, Answer] => {
          let calls = 0;
          return [name, () => each[calls++ % each.length]];
        });
        const library = answering(simulator, Object.fromEntries(failing));
        const all = hasVolumes ? library : failingVolumes(library);
        for (const disk of await describeDisks({ library: all, retries: 1, retryDelayMs: 0 })) assertDisk(disk);
      }),
      { numRuns: 60 },
    );
  });
});
