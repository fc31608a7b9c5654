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

/** A volume of this machine. */
export interface ListedVolume {
  /** Its name, which stays the same: `\\?\Volume{b75e2c83-0000-0000-0000-602f00000000}\`. */
  name: string;
  /** Its drive letter and mount points, each with a backslash at the end: `E:\`, `C:\mnt\data\`. Empty if it has none. */
  paths: string[];
  /** The parts of disks on which it lies: one, unless it spans several. Empty if it is on no disk, as that of a CD drive. */
  disks: DiskExtent[];
  /** Why `paths` or `disks` is empty although there can be some, else null. */
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
