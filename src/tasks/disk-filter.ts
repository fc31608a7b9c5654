import type { ListedVolume } from '../api/volumes/volume.js';
import { type Check, checkFilter, wholeNumber } from '../arguments.js';
import type { SessionInfo } from '../codec/session-list.js';
import { IscsidscError } from '../errors.js';
import { isNamed, isVolumePath } from '../volume-path.js';
import { type AnyDisk, type KnownDisk, UnknownDisks } from './disk.js';
import { type DiskVolumes, isOn } from './disk-volumes.js';
import { mayBeWith } from './target-name.js';

/**
 * Which disks are meant. A disk fits if it fits every member. At least one member is needed, and a member whose value is
 * undefined is refused: what could not be looked up must not stand for every disk.
 */
export interface DiskFilter {
  /** The name of its target; case-insensitive, as Windows compares names. */
  targetName?: string;
  /** The number of the target's LUN. */
  lun?: number;
  /** The N of `\\.\PhysicalDriveN`. */
  deviceNumber?: number;
  /** A volume on it: `'E:'`, a mount point such as `'C:\\mnt\\data'`, or `'\\\\?\\Volume{...}\\'`; case-insensitive. */
  volume?: string;
  /** Its serial number, as the device writes it. */
  serialNumber?: string;
}

const text: Check = ['a string that is not empty', value => typeof value === 'string' && value !== ''];
const CHECKS: Readonly<Record<keyof DiskFilter, Check>> = {
  targetName: text,
  lun: wholeNumber(16383),
  deviceNumber: wholeNumber(0xfffffffe),
  volume: ['a drive letter, a mount point or the name of a volume', isVolumePath],
  serialNumber: text,
};

/** Whether a disk fits, or why that is not known. */
export type Verdict = boolean | IscsidscError;

/** The test of a filter. */
export class DiskTest {
  readonly #filter: Readonly<DiskFilter>;

  /** Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`. */
  constructor(filter: DiskFilter) {
    this.#filter = checkFilter('filter', filter, CHECKS);
  }

  /** Whether a disk of the session can fit. */
  session(session: SessionInfo): boolean {
    const { targetName } = this.#filter;
    return targetName === undefined || mayBeWith(session, targetName);
  }

  /** Whether a disk fits as far as it is known without the device's own answers. */
  place(disk: AnyDisk, volumes: DiskVolumes, timeout: IscsidscError | undefined): Verdict {
    const { targetName, lun, deviceNumber, volume } = this.#filter;
    const verdicts: Verdict[] = [];
    if (targetName !== undefined) verdicts.push(disk.isOf(targetName));
    if (disk instanceof UnknownDisks) return all([...verdicts, disk.reason]);
    if (deviceNumber !== undefined) verdicts.push(disk.deviceNumber === deviceNumber);
    if (lun !== undefined) verdicts.push(disk.lun instanceof IscsidscError ? disk.lun : disk.lun === lun);
    if (volume !== undefined) verdicts.push(hasVolume(disk, volume, volumes.all(timeout)));
    return all(verdicts);
  }

  /** Whether a disk fits. */
  disk(disk: AnyDisk, volumes: DiskVolumes, timeout: IscsidscError | undefined): Verdict {
    const { serialNumber } = this.#filter;
    const place = this.place(disk, volumes, timeout);
    if (serialNumber === undefined || disk instanceof UnknownDisks) return place;
    const found = disk.serialNumber(timeout);
    return all([place, found instanceof IscsidscError ? found : found === serialNumber]);
  }
}

/** What is false decides; else what is not known. */
function all(verdicts: readonly Verdict[]): Verdict {
  return !verdicts.includes(false) && (verdicts.find(verdict => verdict instanceof IscsidscError) ?? true);
}

function hasVolume(disk: KnownDisk, path: string, volumes: readonly ListedVolume[] | IscsidscError): Verdict {
  if (volumes instanceof IscsidscError) return volumes;
  const isHere = (volume: ListedVolume) => isOn(volume, [disk.deviceNumber]);
  const named = volumes.filter(volume => isNamed(volume, path));
  if (named.some(isHere)) return true;
  // Without one of that name, it can be one whose paths are not known.
  const doubtful = named.length > 0 ? named : volumes.filter(({ paths }) => paths.length === 0);
  const found = doubtful.find(volume => volume.error !== null && (volume.disks.length === 0 || isHere(volume)));
  return found?.error ?? false;
}
