import type { CheckedOptions } from '../../api/options.js';
import type { ListedVolume } from '../../api/volumes/volume.js';
import { volumeList } from '../../api/volumes/volume-list.js';
import { volumesInUse } from '../../api/volumes/volumes-in-use.js';
import type { PausingProcedure, Procedure, Retry } from '../../call/procedure.js';
import type { SessionInfo } from '../../codec/session-list.js';
import { IscsidscError, isIscsidscError } from '../../errors.js';
import { isNamed } from '../../volume-path.js';
import { isOn } from '../disk-volumes.js';
import { resultOr } from '../parts.js';
import { diskNumbersOf } from './session-disks.js';

/** The numbers of the disks on which a volume lies. Rejects with `ERR_ISCSIDSC_NOT_LISTED` if there is no such volume. */
export function* disksOfVolume(checked: CheckedOptions, path: string): Procedure<number[]> {
  const volumes = yield* volumeList(checked);
  // One whose paths are not known can be it.
  const volume =
    volumes.find(each => isNamed(each, path)) ?? volumes.find(({ error, paths }) => error && !paths.length);
  if (volume === undefined) {
    throw new IscsidscError('ERR_ISCSIDSC_NOT_LISTED', `There is no volume ${path}.`, {
      hint: "List the volumes with Windows' own mountvol.",
    });
  }
  if (volume.error) throw volume.error;
  return volume.disks.map(({ deviceNumber }) => deviceNumber);
}

/** How a volume is named in a message: by its drive letter or mount point if it has one. */
export function nameOfVolume({ name, paths: [path = name] }: ListedVolume): string {
  return path;
}

/**
 * The volumes on the disks that go away with these sessions, as far as that can be found out: Windows itself refuses to
 * log out a session whose disks are in use.
 */
export function* volumesThatGo(
  checked: CheckedOptions,
  sessions: readonly SessionInfo[],
  others: readonly SessionInfo[],
): PausingProcedure<ListedVolume[]> {
  const numbers = yield* disksOf(checked, sessions);
  const volumes =
    numbers.length === 0
      ? []
      : (yield* resultOr(() => volumeList(checked), [])).filter(volume => isOn(volume, numbers));
  // A disk that has another path stays.
  const kept = volumes.length === 0 ? [] : yield* disksOf(checked, others);
  return volumes.filter(({ disks }) => disks.some(({ deviceNumber }) => !kept.includes(deviceNumber)));
}

/** Throws if one of the volumes is in use, and stays so. */
export function* refuseInUse(
  checked: CheckedOptions,
  volumes: readonly ListedVolume[],
  { retries, retryDelayMs }: Retry,
): PausingProcedure<void> {
  for (let left = retries; ; left--) {
    const inUse = yield* inUseOf(checked, volumes);
    if (inUse.length === 0) return;
    if (left === 0) throw volumesBusy(inUse);
    yield { pauseMs: retryDelayMs };
  }
}

/** Each by itself: one that cannot be asked must not hide another one that is in use. */
function* inUseOf(checked: CheckedOptions, volumes: readonly ListedVolume[]): Procedure<ListedVolume[]> {
  const inUse: ListedVolume[] = [];
  for (const volume of volumes) {
    try {
      inUse.push(...(yield* volumesInUse(checked, [volume])));
    } catch (error) {
      // Without the rights, Windows refuses the logout as well, and says so.
      if (!isIscsidscError(error)) throw error;
    }
  }
  return inUse;
}

function volumesBusy(volumes: readonly ListedVolume[]): IscsidscError {
  const names = volumes.map(nameOfVolume);
  const error = new IscsidscError(
    'ISDSC_DEVICE_BUSY_ON_SESSION',
    `A program has something open on ${names.join(', ')}. No session was logged out.`,
    { hint: 'Close what is open there, or take the disk offline, and try again.' },
  );
  return Object.assign(error, { volumes: names });
}

function* disksOf(checked: CheckedOptions, sessions: readonly SessionInfo[]): PausingProcedure<number[]> {
  const numbers: number[] = [];
  for (const session of sessions) {
    try {
      numbers.push(...(yield* diskNumbersOf(checked, session)));
    } catch (error) {
      // One that does not tell must not hide what the others have.
      if (!isIscsidscError(error)) throw error;
    }
  }
  return numbers;
}
