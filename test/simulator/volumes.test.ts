import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addPersistentIScsiDevice,
  getDevicesForIScsiSession,
  getIScsiSessionList,
  loginIScsiTarget,
  logoutIScsiTarget,
  reportPersistentIScsiDevices,
  rescanDisks,
  sendScsiReportLuns,
  setupPersistentIScsiDevices,
} from 'iscsidsc';
import { createSimulator, type SimulatedLun, type Simulator, type SimulatorOptions } from 'iscsidsc/simulator';
import { afterEach, describe, expect, it } from 'vitest';
import { callAsync } from '../../src/api/call.js';
import type { ListedVolume } from '../../src/api/volumes/volume.js';
import { volumeList } from '../../src/api/volumes/volume-list.js';
import { volumesInUse } from '../../src/api/volumes/volumes-in-use.js';

let simulator: Simulator | undefined;
afterEach(() => simulator?.dispose());

function create(options: SimulatorOptions = {}): Simulator {
  simulator?.dispose();
  simulator = createSimulator(options);
  return simulator;
}

const targetName = 'iqn.2010-04.org.example:vault';
const portal = '10.1.0.1';
const network = (...luns: SimulatedLun[]) => ({
  targets: [{ targetName, portalGroups: [[portal, '10.1.0.2']], luns }],
});

/** A machine with a session. */
async function connected(...luns: SimulatedLun[]): Promise<{ library: Simulator; sessionId: string }> {
  const library = create({ network: network(...luns), sendTargetPortals: portals(portal, '10.1.0.2') });
  return { library, sessionId: (await login(library)).sessionId };
}

function portals(...addresses: string[]): Simulator['sendTargetPortals'] {
  return addresses.map(address => ({
    initiatorName: '',
    initiatorPortNumber: 0xffffffff,
    symbolicName: '',
    address,
    socket: 3260,
    securityFlags: [],
    loginOptions: { loginFlags: [] },
  }));
}

async function login(library: Simulator, targetPortal = portal) {
  return await loginIScsiTarget(targetName, {
    library,
    targetPortal,
    loginOptions: { loginFlags: ['multipathEnabled'] },
  });
}

const volumesOf = (library: Simulator) => callAsync({ library }, volumeList);
const ofDisks = (volumes: ListedVolume[]) =>
  volumes.flatMap(({ paths, disks }) => (disks.some(disk => disk.deviceNumber > 0) ? [paths] : []));
const disksOf = async (library: Simulator, sessionId: string) =>
  (await getDevicesForIScsiSession(sessionId, { library })).map(each => each.storageDeviceNumber.deviceNumber);

describe('the volumes of a simulated machine', () => {
  it('are its own, and one with a drive letter on each disk', async () => {
    const library = create();
    const volumes = await volumesOf(library);
    expect(volumes.map(({ paths }) => paths)).toEqual([['C:\\'], ['D:\\'], ['E:\\'], ['F:\\'], ['H:\\']]);
    expect(volumes.map(({ disks }) => disks.map(each => each.deviceNumber))).toEqual([[0], [], [1], [2], [4]]);
    for (const { name, error } of volumes) {
      expect(name).toMatch(/^\\\\\?\\Volume\{[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}\\$/);
      expect(error).toBeNull();
    }
    expect(new Set(volumes.map(({ name }) => name)).size).toBe(5);
  });

  it('have the same names after a restart', async () => {
    const library = create();
    const before = await volumesOf(library);
    library.restart();
    const names = before.map(({ name }) => name);
    for (const { name } of await volumesOf(library)) expect(names).toContain(name);
  });

  it('are as they are described, and share their disk', async () => {
    const name = '\\\\?\\Volume{b75e2c83-0000-0000-0000-602f00000000}\\';
    const volumes = [{ name, paths: ['V:\\', 'C:\\mnt\\vault\\'] }, { paths: [] }];
    const { library } = await connected({ lun: 0, sizeBytes: 2 ** 40, volumes }, { lun: 1, volumes: [] });
    const [, , first, second, ...more] = await volumesOf(library);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ name, paths: ['V:\\', 'C:\\mnt\\vault\\'], error: null });
    expect(second?.paths).toEqual([]);
    const [one, other] = [first?.disks[0], second?.disks[0]];
    expect(one?.deviceNumber).toBe(other?.deviceNumber);
    expect((one?.startingOffset ?? 0n) + (one?.length ?? 0n)).toBeLessThanOrEqual(other?.startingOffset ?? 0n);
    expect((other?.startingOffset ?? 0n) + (other?.length ?? 0n)).toBeLessThanOrEqual(2n ** 40n);
  });

  it('can span disks, and are gone without one of them', async () => {
    const spanned = { lun: 0, volumes: [{ paths: ['S:\\'], alsoOnLuns: [1, 2] }] };
    const others = [1, 2].map(lun => ({ lun, volumes: [] }));
    const { library } = await connected(spanned, ...others);
    const [volume] = (await volumesOf(library)).slice(2);
    expect(volume?.disks.map(({ deviceNumber }) => deviceNumber)).toEqual([1, 2, 3]);
    library.network = network(spanned, { lun: 1, volumes: [] });
    expect(ofDisks(await volumesOf(library))).toEqual([]);
  });

  it('are there once for a disk with two paths', async () => {
    const { library } = await connected({ lun: 0 });
    await login(library, '10.1.0.2');
    expect(library.sessions).toHaveLength(2);
    expect(ofDisks(await volumesOf(library))).toEqual([['E:\\']]);
  });

  it('come and go with the session, and with its devices', async () => {
    const { library, sessionId } = await connected({ lun: 0 });
    library.behaviour = { devicesAfterMs: 60_000 };
    expect(ofDisks(await volumesOf(library))).toEqual([]);
    library.behaviour = {};
    expect(ofDisks(await volumesOf(library))).toEqual([['E:\\']]);
    await logoutIScsiTarget(sessionId, { library });
    expect(ofDisks(await volumesOf(library))).toEqual([]);
  });

  it('are those that can be bound, by any of their names', async () => {
    const volumes = [{ paths: ['V:\\', 'C:\\mnt\\vault\\'] }];
    const { library } = await connected({ lun: 0, volumes });
    await loginIScsiTarget(targetName, { library, targetPortal: portal, isPersistent: true });
    const [, , { name } = { name: '' }] = await volumesOf(library);
    for (const path of ['v:', 'c:\\MNT\\vault', name]) await addPersistentIScsiDevice(path, { library });
    await expect(addPersistentIScsiDevice('E:', { library })).rejects.toMatchObject({
      code: 'ISDSC_DEVICE_NOT_ISCSI_OR_PERSISTENT',
    });
    await setupPersistentIScsiDevices({ library });
    expect(await reportPersistentIScsiDevices({ library })).toEqual(['V:\\', 'C:\\mnt\\vault\\']);
  });

  it.each([
    [{ name: 'E:' }, "name must be a name of a volume, \\\\?\\Volume{...}\\, not 'E:'."],
    [{ paths: 'E:\\' }, /^paths must be an array of drive letters and mount points/],
    [{ paths: ['E:'] }, /^paths must be an array of drive letters and mount points/],
    [{ inUse: 1 }, 'inUse must be true or false, not 1.'],
    [{ alsoOnLuns: [-1] }, /^alsoOnLuns must be an array of numbers of LUNs/],
    [{ letter: 'E' }, /letter/],
  ])('are not described by %o', (volume, message) => {
    expect(() => create({ network: network({ lun: 0, volumes: [volume as never] }) })).toThrow(message);
    expect(() => create({ network: network({ lun: 0, volumes: volume as never }) })).toThrow(
      /^volumes must be an array/,
    );
  });
});

describe('a volume in use', () => {
  const busy = { lun: 0, volumes: [{ paths: ['V:\\'], inUse: true }] };
  const refusal = { code: 'ISDSC_DEVICE_BUSY_ON_SESSION' };

  it('keeps the last session of its disk, and no other', async () => {
    const { library, sessionId } = await connected(busy);
    const options = { library, retries: 1, retryDelayMs: 1 };
    const second = await login(library, '10.1.0.2');
    await logoutIScsiTarget(second.sessionId, options);
    await expect(logoutIScsiTarget(sessionId, options)).rejects.toMatchObject(refusal);
    expect(await getIScsiSessionList({ library })).toHaveLength(1);
    library.network = network({ ...busy, volumes: [{ paths: ['V:\\'] }] });
    await logoutIScsiTarget(sessionId, options);
    expect(library.sessions).toEqual([]);
  });

  it('is found among others, and stays as it is', async () => {
    const { library } = await connected(busy, { lun: 1 });
    for (let round = 0; round < 2; round++) {
      const found = await callAsync({ library }, function* (checked) {
        return yield* volumesInUse(checked, yield* volumeList(checked));
      });
      expect(found.map(({ paths }) => paths)).toEqual([['C:\\'], ['V:\\']]);
    }
  });

  it('is not found without the rights of an administrator, which is said', async () => {
    const library = create({ elevated: false });
    const volumes = await volumesOf(library);
    await expect(callAsync({ library }, checked => volumesInUse(checked, volumes))).rejects.toMatchObject({
      code: 'ERROR_ACCESS_DENIED',
      syscall: 'CreateFileW',
      hint: expect.stringContaining('administrator'),
    });
  });

  it('is not one that has gone', async () => {
    const { library, sessionId } = await connected({ lun: 0 });
    const volumes = (await volumesOf(library)).slice(2);
    await logoutIScsiTarget(sessionId, { library });
    expect(await callAsync({ library }, checked => volumesInUse(checked, volumes))).toEqual([]);
  });
});

describe('rescanDisks', () => {
  it('finds a LUN that was mapped after the login', async () => {
    const { library, sessionId } = await connected({ lun: 0 });
    library.network = network({ lun: 0 }, { lun: 1 });
    expect((await sendScsiReportLuns(sessionId, { library })).luns).toHaveLength(2);
    expect(await disksOf(library, sessionId)).toEqual([1]);
    expect(await rescanDisks({ library })).toEqual({ portNumbers: [3] });
    expect(await disksOf(library, sessionId)).toEqual([1, 2]);
    expect(ofDisks(await volumesOf(library))).toEqual([['E:\\'], ['F:\\']]);
  });

  it('is not needed before the next login', async () => {
    const { library, sessionId } = await connected({ lun: 0 });
    library.network = network({ lun: 0 }, { lun: 1 });
    await login(library, '10.1.0.2');
    expect(await disksOf(library, sessionId)).toEqual([1, 2]);
  });

  it('is not needed for a LUN that goes', async () => {
    const { library, sessionId } = await connected({ lun: 0 }, { lun: 1 });
    library.network = network({ lun: 1 });
    expect(await disksOf(library, sessionId)).toEqual([2]);
  });

  it('asks for the rights of an administrator', async () => {
    await expect(rescanDisks({ library: create({ elevated: false }) })).rejects.toMatchObject({
      code: 'ERROR_ACCESS_DENIED',
      syscall: 'CreateFileW',
    });
  });

  it('is kept from process to process, as that it was not made is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'iscsidsc-'));
    const stateFile = join(folder, 'state.json');
    const two = network({ lun: 0 }, { lun: 1 });
    try {
      using first = createSimulator({ network: network({ lun: 0 }), sendTargetPortals: portals(portal), stateFile });
      const { sessionId } = await login(first);
      using second = createSimulator({ network: two, stateFile });
      expect(await disksOf(second, sessionId)).toEqual([1]);
      await rescanDisks({ library: second });
      using third = createSimulator({ network: two, stateFile });
      expect(await disksOf(third, sessionId)).toEqual([1, 2]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
