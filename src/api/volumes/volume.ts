import type { IscsidscError } from '../../errors.js';

/** A part of a disk that belongs to a volume. */
export interface DiskExtent {
  /** The N of `\\.\PhysicalDriveN`. */
  deviceNumber: number;
  /** Where the part begins, in bytes from the start of the disk. */
  startingOffset: bigint;
  /** How many bytes it holds. */
  length: bigint;
}

/** A volume of this machine, with the errors of the calls that asked for it. Its members are those of `Volume`. */
export interface ListedVolume {
  name: string;
  paths: string[];
  disks: DiskExtent[];
  error: IscsidscError | null;
}

const VOLUME_NAME = /^\\\\\?\\Volume\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}\\$/i;

/** Whether a name is that of a volume: `\\?\Volume{...}\`. */
export function isVolumeName(name: string): boolean {
  return VOLUME_NAME.test(name);
}

/** The name by which a volume is opened: with a backslash at its end, it would be the folder at its root. */
export function devicePathOf(volumeName: string): string {
  return volumeName.replace(/\\$/, '');
}
