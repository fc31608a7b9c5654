import assert from 'node:assert/strict';
import { type DiskDescription, describeDisks, describeSessions, findDisks } from 'iscsidsc';
import type { Declare, Open } from '../subject.js';
import { steadily } from './steady.js';

/** Which parts a reason is for. */
const PARTS: readonly (readonly [reason: `${string}Error`, ...parts: (keyof DiskDescription)[]])[] = [
  ['devicesError', 'devices', 'deviceNumber', 'legacyName', 'multipath'],
  ['inquiryError', 'vendor', 'product'],
  ['serialNumberError', 'serialNumber'],
  ['volumesError', 'volumes'],
  ['lunError', 'lun'],
  ['sizeBytesError', 'sizeBytes'],
];

/** What is promised of disks, whatever they are. */
export function anyDisksContract(open: Open, rule: Declare): void {
  rule('the disks are those of the sessions, each once, and each part is there or has a reason', async () => {
    const library = open();
    await steadily(library, async () => {
      const disks = await describeDisks({ library });
      const sessions = await describeSessions({ library });
      for (const disk of disks) assertDisk(disk);
      const numbers = disks.flatMap(({ deviceNumber }) => deviceNumber ?? []);
      assert.equal(new Set(numbers).size, numbers.length);
      const ofSessions = sessions
        .flatMap(({ devices }) => devices ?? [])
        .filter(({ storageDeviceNumber }) => storageDeviceNumber.deviceType === 7)
        .map(({ storageDeviceNumber }) => storageDeviceNumber.deviceNumber);
      assert.deepEqual(
        numbers,
        [...new Set(ofSessions)].sort((one, other) => one - other),
      );
    });
  });

  rule('a disk is found by its number, its target, and a path of each of its volumes', async () => {
    const library = open();
    await steadily(library, async () => {
      const [first] = await describeDisks({ library });
      if (first === undefined || first.deviceNumber === null || first.targetName === null) return;
      const { deviceNumber, targetName, volumes } = first;
      const volume = volumes?.flatMap(({ name, paths }) => [name, ...paths]).at(-1);
      const filter = { deviceNumber, targetName, ...(volume !== undefined && { volume }) };
      assert.deepEqual(await findDisks(filter, { library }), [first]);
    });
  });
}

/** Holds for every description of a disk. */
export function assertDisk(disk: DiskDescription): void {
  for (const [reason, ...parts] of PARTS) {
    const error = disk[reason as 'lunError'];
    for (const part of parts) {
      if (error !== null) assert.equal(disk[part], null, part);
      else assert.ok(disk[part] !== null || part === 'lun', part);
    }
  }
  assert.ok(disk.sessions.length > 0);
  if (disk.devices) assert.equal(disk.devices.length, disk.sessions.length);
  for (const { disks } of disk.volumes ?? []) {
    assert.ok(disks.some(({ deviceNumber }) => deviceNumber === disk.deviceNumber));
  }
  assert.deepEqual(structuredClone(disk), disk);
}
