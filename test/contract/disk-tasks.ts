import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  type DiskDescription,
  describeDisks,
  findDisks,
  getDevicesForIScsiSession,
  reportActiveIScsiTargetMappings,
  sendScsiInquiry,
  sendScsiReadCapacity,
} from 'iscsidsc';
import { sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';

const FORMS = [
  ['unicode', 'W'],
  ['ansi', 'A'],
] as const;
const SECOND = 'iqn.2003-01.org.example:disk-1';
const FAILED = 0xefff0001;
const BUSY = 0xefff001f;

/** The functions with English names for disks, on an initiator that answers what it is told. */
export function diskTasksContract(arrange: Arrange, rule: Declare): void {
  for (const [charset, form] of FORMS) {
    const given = (text: string, check: (options: Pick<AsyncOptions, 'charset'>) => Promise<void>) =>
      rule(`${text} (${charset}, async)`, () => check({ charset }));

    given('disks are described with all that the single functions return', async options => {
      const scenario = { sessions: 3, devices: 2, luns: 2, targets: 3 };
      const library = arrange(scenario);
      const all = { library, ...options };
      const described = await describeDisks(all);
      const expected: Omit<DiskDescription, 'volumes'>[] = [];
      for (const session of sessionsOf(scenario)) expected.push(...(await disksOf(session, all)));
      // Which volumes there are is the machine's own.
      assert.deepEqual(
        described.map(({ volumes, ...disk }) => disk),
        expected,
      );
      for (const { volumes } of described) assert.ok(Array.isArray(volumes));
      assert.deepEqual(await findDisks({ targetName: SECOND.toUpperCase(), lun: 1 }, all), [described[3]]);
      assert.deepEqual(await findDisks({ serialNumber: 'serial-1' }, all), [described[1], described[3], described[5]]);
      assert.deepEqual(await findDisks({ deviceNumber: 6 }, all), [described[5]]);
      assert.deepEqual(await findDisks({ lun: 2 }, all), []);
    });

    given('each list is asked for once, each disk three times, and one call is made at a time', async options => {
      const library = arrange({ sessions: 3, devices: 2, luns: 2, targets: 3 });
      assert.equal((await describeDisks({ library, ...options })).length, 6);
      // The sessions and the mappings; the devices of each session; two INQUIRY and READ CAPACITY for each disk.
      assert.equal(library.calls, 2 + 3 + 3 * 6);
      assert.equal(library.mostAtOnce, 1);
    });

    given('no other disks are asked what they are', async options => {
      const library = arrange({ sessions: 3, devices: 2, luns: 2, targets: 3 });
      await findDisks({ targetName: SECOND, lun: 0 }, { library, ...options });
      assert.equal(library.calls, 2 + 1 + 3);
    });

    for (const [syscall, parts] of [
      ['SendScsiInquiry', ['inquiry', 'serialNumber', 'sizeBytes']],
      ['SendScsiReadCapacity', ['serialNumber', 'sizeBytes']],
      [`ReportActiveIScsiTargetMappings${form}`, ['inquiry', 'lun', 'serialNumber', 'sizeBytes']],
      [`GetDevicesForIScsiSession${form}`, ['devices', 'inquiry', 'lun', 'serialNumber', 'sizeBytes', 'volumes']],
    ] as const) {
      given(`disks are described although ${syscall} fails`, async options => {
        const library = arrange({ sessions: 1, statuses: { [syscall]: [FAILED] } });
        const [disk, ...others] = await describeDisks({ library, ...options });
        assert.equal(others.length, 0);
        const failed = Object.entries(disk ?? {}).filter(([name, value]) => name.endsWith('Error') && value !== null);
        assert.deepEqual(
          failed.map(([name]) => name).sort(),
          parts.map(name => `${name}Error`),
        );
        for (const [, error] of failed) {
          const { code, syscall: called } = error as { code: string; syscall: string };
          assert.deepEqual([code, called], ['ISDSC_NON_SPECIFIC_ERROR', syscall]);
        }
      });
    }

    given('a disk that is not known to fit is an error, and not one that is not there', async options => {
      const statuses = { [`GetDevicesForIScsiSession${form}`]: [BUSY] };
      const library = arrange({ sessions: 1, statuses });
      const call = findDisks({ deviceNumber: 1 }, { library, ...options, retries: 1, retryDelayMs: 1 });
      await assert.rejects(call, { code: 'ISDSC_SESSION_BUSY', syscall: `GetDevicesForIScsiSession${form}` });
    });

    given('no session has no disk', async options => {
      const library = arrange({ sessions: 0 });
      assert.deepEqual(await describeDisks({ library, ...options }), []);
      assert.deepEqual(await findDisks({ lun: 0 }, { library, ...options }), []);
    });
  }
}

async function disksOf(
  { sessionId, targetNodeName }: { sessionId: string; targetNodeName: string | null },
  options: AsyncOptions,
): Promise<Omit<DiskDescription, 'volumes'>[]> {
  const mappings = await reportActiveIScsiTargetMappings(options);
  const lunList = mappings.find(mapping => mapping.sessionId === sessionId)?.lunList ?? [];
  const devices = await getDevicesForIScsiSession(sessionId, options);
  return await Promise.all(
    devices.map(async device => {
      const { lun } = device.scsiAddress;
      const { targetLun = '' } = lunList.find(({ osLun }) => osLun === lun) ?? {};
      const { vendor, product } = await sendScsiInquiry(sessionId, targetLun, options);
      const page = { ...options, evpd: true, pageCode: 0x80 } as const;
      return {
        deviceNumber: device.storageDeviceNumber.deviceNumber,
        legacyName: device.legacyName,
        targetName: targetNodeName,
        lun,
        lunError: null,
        sessions: [sessionId],
        multipath: false,
        sizeBytes: (await sendScsiReadCapacity(sessionId, targetLun, options)).bytes,
        sizeBytesError: null,
        vendor,
        product,
        inquiryError: null,
        serialNumber: (await sendScsiInquiry(sessionId, targetLun, page)).serialNumber,
        serialNumberError: null,
        volumesError: null,
        devices: [device],
        devicesError: null,
      };
    }),
  );
}
