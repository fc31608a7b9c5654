import type { Procedure } from '../../call/procedure.js';
import { statusError } from '../../call/status.js';
import { resultOf, withHandle } from '../../call/windows-call.js';
import { StatusError } from '../../errors.js';
import {
  ERROR_ACCESS_DENIED,
  ERROR_FILE_NOT_FOUND,
  ERROR_PATH_NOT_FOUND,
  ERROR_SHARING_VIOLATION,
  ERROR_WRITE_PROTECT,
  FSCTL_LOCK_VOLUME,
  FSCTL_UNLOCK_VOLUME,
  GENERIC_READ,
} from '../../header/windows.js';
import type { Library } from '../../native/library.js';
import { SUCCESS } from '../../native/status.js';
import type { CheckedOptions } from '../options.js';
import { elevation } from '../service/elevation.js';
import { controlDevice, openToChange } from './open-device.js';
import { devicePathOf, type ListedVolume } from './volume.js';

/**
 * Those of the volumes on which a program has something open: they cannot be locked. It locks each for a moment, which
 * needs the rights of an administrator; without them, it throws `ERROR_ACCESS_DENIED`. A volume that has gone is not in
 * use.
 */
export function* volumesInUse<Named extends Pick<ListedVolume, 'name'>>(
  checked: CheckedOptions,
  volumes: readonly Named[],
): Procedure<Named[]> {
  const inUse: Named[] = [];
  for (const volume of volumes) {
    if (yield* isInUse(checked, devicePathOf(volume.name))) inUse.push(volume);
  }
  return inUse;
}

function* isInUse(checked: CheckedOptions, path: string): Procedure<boolean> {
  const { library } = checked;
  try {
    return yield* lockFails(library, path);
  } catch (error) {
    if (!(error instanceof StatusError) || error.syscall !== 'CreateFileW') throw error;
    switch (error.errno) {
      case ERROR_FILE_NOT_FOUND:
      case ERROR_PATH_NOT_FOUND:
        return false;
      case ERROR_SHARING_VIOLATION:
        return true;
      case ERROR_WRITE_PROTECT:
        return yield* lockFails(library, path, GENERIC_READ);
      case ERROR_ACCESS_DENIED:
        // An administrator may open every volume: another program has it for itself.
        if (yield* elevation(checked)) return true;
        throw error;
      default:
        throw error;
    }
  }
}

function* lockFails(library: Library, path: string, access?: number): Procedure<boolean> {
  return yield* withHandle(openToChange(library, path, access), 'CloseHandle', function* (volume) {
    const lock = controlDevice(library, volume, FSCTL_LOCK_VOLUME);
    const status = yield lock;
    if (status === ERROR_ACCESS_DENIED || status === ERROR_SHARING_VIOLATION) return true;
    if (status !== SUCCESS) throw statusError(status, lock);
    yield* resultOf(controlDevice(library, volume, FSCTL_UNLOCK_VOLUME));
    return false;
  });
}
