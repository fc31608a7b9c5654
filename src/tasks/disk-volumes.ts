import { type DeviceOnSession, diskNumbersIn } from '../api/devices/device.js';
import type { CheckedOptions } from '../api/options.js';
import type { DiskExtent, ListedVolume } from '../api/volumes/volume.js';
import { volumeList } from '../api/volumes/volume-list.js';
import type { PausingProcedure } from '../call/procedure.js';
import { IscsidscError } from '../errors.js';
import { type MissingPart, missingPart, Part } from './parts.js';

/** A volume on a disk. */
export interface Volume {
  /** Its name, which stays the same: `\\?\Volume{b75e2c83-0000-0000-0000-602f00000000}\`. */
  name: string;
  /** Its drive letter and mount points, each with a backslash at the end: `E:\`, `C:\mnt\data\`. Empty if it has none. */
  paths: string[];
  /** The parts of disks on which it lies: one, unless it spans several. */
  disks: DiskExtent[];
  /** Why `paths` is empty although it can have some, else null. */
  error: MissingPart | null;
}

/** A volume on a disk of a session, without `bigint`, which JSON does not have. */
export interface SessionVolume extends Omit<Volume, 'disks'> {
  /** The numbers of the disks on which it lies: one, unless it spans several. */
  deviceNumbers: number[];
}

/** The volumes of disks, or the reason why they are missing. */
export interface VolumesPart<Shape> {
  volumes: Shape[] | null;
  volumesError: MissingPart | null;
}

/** The volumes of the machine, asked for once, by the disks that they lie on. */
export class DiskVolumes {
  readonly #part = new Part<ListedVolume[]>('the volumes');

  *ask(checked: CheckedOptions): PausingProcedure<void> {
    yield* this.#part.ask(() => volumeList(checked));
  }

  /** The volumes of a disk. `timeout` is the error with which the deadline ended the procedure, if it did. */
  ofDisk(deviceNumber: number, timeout: IscsidscError | undefined): VolumesPart<Volume> {
    return this.#on([deviceNumber], timeout, ({ error, ...volume }) => ({
      ...volume,
      error: error && missingPart(error),
    }));
  }

  /** The volumes of the disks of a session. */
  ofDevices(
    devices: readonly DeviceOnSession[] | IscsidscError,
    timeout: IscsidscError | undefined,
  ): VolumesPart<SessionVolume> {
    if (devices instanceof IscsidscError) return { volumes: null, volumesError: missingPart(devices) };
    return this.#on(diskNumbersIn(devices), timeout, ({ name, paths, disks, error }) => ({
      name,
      paths,
      deviceNumbers: [...new Set(disks.map(({ deviceNumber }) => deviceNumber))],
      error: error && missingPart(error),
    }));
  }

  /** All volumes, or why they are missing. */
  all(timeout: IscsidscError | undefined): readonly ListedVolume[] | IscsidscError {
    return this.#part.value ?? (this.#part.reason(timeout) as IscsidscError);
  }

  #on<Shape>(
    deviceNumbers: readonly number[],
    timeout: IscsidscError | undefined,
    shape: (volume: ListedVolume) => Shape,
  ): VolumesPart<Shape> {
    const all = this.all(timeout);
    if (all instanceof IscsidscError) return { volumes: null, volumesError: missingPart(all) };
    return { volumes: all.filter(volume => isOn(volume, deviceNumbers)).map(shape), volumesError: null };
  }
}

/** Whether a volume lies on one of these disks, in whole or in part. */
export function isOn({ disks }: Pick<ListedVolume, 'disks'>, deviceNumbers: readonly number[]): boolean {
  return disks.some(({ deviceNumber }) => deviceNumbers.includes(deviceNumber));
}
