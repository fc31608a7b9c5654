import { type DeviceOnSession, diskNumbersIn } from '../../api/devices/device.js';
import type { IscsidscError } from '../../errors.js';
import { DiskVolumes, type SessionVolume, type VolumesPart } from '../disk-volumes.js';
import { isTimeout } from '../parts.js';
import type { ConnectedSession } from './sessions.js';
import type { ConnectWork } from './work.js';

const INTERVAL_MS = 100;

/** Windows finds the volumes of a new disk after the disk. A disk without any has none, however long one waits. */
const MOST_MS = 2000;

/** How long Windows may take to list its volumes. */
const LONGEST_MS = 10_000;

/**
 * The volumes on the disks. Those of a new session are waited for until each disk has one with a path, but not longer
 * than `waitMs` and two seconds.
 */
export async function findVolumes(
  work: ConnectWork,
  sessions: readonly ConnectedSession[],
  devices: readonly DeviceOnSession[],
  waitMs: number,
): Promise<VolumesPart<SessionVolume>> {
  work.tell('volumes', 'started');
  const isNew = sessions.some(session => session.isNew);
  const end = performance.now() + (isNew ? Math.min(waitMs, MOST_MS) : 0);
  for (;;) {
    const disks = new DiskVolumes();
    const timeout = await asked(work, disks);
    const part = disks.ofDevices(devices, timeout);
    if (part.volumes === null) {
      work.tell('volumes', 'failed', { error: disks.all(timeout) });
      return part;
    }
    const left = end - performance.now();
    if (left <= 0 || haveAll(devices, part.volumes)) {
      work.tell('volumes', 'done');
      return part;
    }
    await work.deadline.pause(Math.min(INTERVAL_MS, left));
  }
}

/** Returns the error of a timeout: a disk that does not answer can hold up Windows, and the others are there. */
async function asked({ deadline }: ConnectWork, disks: DiskVolumes): Promise<IscsidscError | undefined> {
  try {
    await deadline.read(checked => disks.ask(checked), LONGEST_MS);
    return undefined;
  } catch (error) {
    deadline.throwIfEnded();
    if (isTimeout(error)) return error;
    throw error;
  }
}

function haveAll(devices: readonly DeviceOnSession[], volumes: readonly SessionVolume[]): boolean {
  return diskNumbersIn(devices).every(number =>
    volumes.some(({ deviceNumbers, paths }) => paths.length > 0 && deviceNumbers.includes(number)),
  );
}
