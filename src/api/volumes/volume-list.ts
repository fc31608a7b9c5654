import type { Procedure } from '../../call/procedure.js';
import { statusError } from '../../call/status.js';
import { windowsCall, withHandle } from '../../call/windows-call.js';
import { growingWindowsReply, WindowsReply } from '../../call/windows-reply.js';
import { stringsOf } from '../../codec/strings.js';
import { IscsidscError, isIscsidscError, StatusError } from '../../errors.js';
import { MAX_PATH } from '../../header/constants.js';
import {
  ERROR_FILE_NOT_FOUND,
  ERROR_INVALID_FUNCTION,
  ERROR_NO_MORE_FILES,
  ERROR_NOT_READY,
  ERROR_NOT_SUPPORTED,
  ERROR_PATH_NOT_FOUND,
  IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS,
} from '../../header/windows.js';
import type { Library } from '../../native/library.js';
import { SUCCESS } from '../../native/status.js';
import type { CheckedOptions } from '../options.js';
import { readDiskExtents } from './disk-extents.js';
import { askDevice, openToAsk } from './open-device.js';
import { type DiskExtent, devicePathOf, isVolumeName, type ListedVolume } from './volume.js';

const MOST_VOLUMES = 65_536;
const WIDE_CHARACTER = 2;
const FIRST_PATHS = 1024;
const FIRST_EXTENTS = 512;
/** What says of a volume that it has gone meanwhile. */
const GONE: readonly (number | undefined)[] = [ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND];
/** What says of a volume that it is on no disk: that of a CD drive, one without a disc for example. */
const WITHOUT_DISK: readonly (number | undefined)[] = [ERROR_INVALID_FUNCTION, ERROR_NOT_READY, ERROR_NOT_SUPPORTED];

/**
 * The volumes of this machine. Nothing is asked that needs rights, or that waits for a disk. A volume that goes meanwhile
 * is left out.
 */
export function* volumeList({ library }: CheckedOptions): Procedure<ListedVolume[]> {
  const volumes: ListedVolume[] = [];
  for (const name of yield* volumeNames(library)) {
    const volume = yield* volumeOf(library, name);
    if (volume) volumes.push(volume);
  }
  return volumes;
}

function* volumeNames(library: Library): Procedure<string[]> {
  const first = new WindowsReply(MAX_PATH * WIDE_CHARACTER, 'FindFirstVolumeW');
  try {
    return yield* withHandle(
      windowsCall(library, 'FindFirstVolumeW', first.bytes, MAX_PATH),
      'FindVolumeClose',
      function* (search) {
        const names = [readVolumeName(first)];
        for (; names.length <= MOST_VOLUMES; ) {
          const next = new WindowsReply(MAX_PATH * WIDE_CHARACTER, 'FindNextVolumeW');
          const call = windowsCall(library, 'FindNextVolumeW', search, next.bytes, MAX_PATH);
          const status = yield call;
          if (status === ERROR_NO_MORE_FILES) return names;
          if (status !== SUCCESS) throw statusError(status, call);
          names.push(readVolumeName(next));
        }
        throw new IscsidscError(
          'ERR_ISCSIDSC_MALFORMED_REPLY',
          `FindNextVolumeW has found more than ${MOST_VOLUMES} volumes, and does not end.`,
          { hint: 'Restart Windows, and report it if it stays.', syscall: 'FindNextVolumeW' },
        );
      },
    );
  } catch (error) {
    const isEmpty = error instanceof StatusError && error.syscall === 'FindFirstVolumeW';
    if (isEmpty && error.errno === ERROR_NO_MORE_FILES) return [];
    throw error;
  }
}

/** The name is opened later: what is not the name of a volume could be anything. */
function readVolumeName({ reply }: WindowsReply): string {
  const name = stringsOf(reply).fixed(0, reply.length, 'lpszVolumeName');
  if (isVolumeName(name)) return name;
  throw reply.malformed('lpszVolumeName', 0, 'it is not the name of a volume');
}

/** What is known of a volume; undefined if it has gone meanwhile. */
function* volumeOf(library: Library, name: string): Procedure<ListedVolume | undefined> {
  const volume: ListedVolume = { name, paths: [], disks: [], error: null };
  try {
    volume.paths = yield* volumePaths(library, name);
  } catch (error) {
    if (!isIscsidscError(error)) throw error;
    if (GONE.includes(error.errno)) return undefined;
    volume.error = error;
  }
  try {
    volume.disks = yield* volumeDisks(library, name);
  } catch (error) {
    if (!isIscsidscError(error)) throw error;
    if (GONE.includes(error.errno)) return undefined;
    if (!WITHOUT_DISK.includes(error.errno)) volume.error ??= error;
  }
  return volume;
}

function* volumePaths(library: Library, name: string): Procedure<string[]> {
  const syscall = 'GetVolumePathNamesForVolumeNameW';
  return yield* growingWindowsReply(
    FIRST_PATHS,
    ({ bytes, used }) => windowsCall(library, syscall, name, bytes, bytes.length / WIDE_CHARACTER, used),
    memory => {
      memory.usedOf(memory.bytes.length / WIDE_CHARACTER, 'lpcchReturnLength');
      return stringsOf(memory.reply).list('lpszVolumePathNames');
    },
    syscall,
  );
}

function* volumeDisks(library: Library, name: string): Procedure<DiskExtent[]> {
  return yield* withHandle(openToAsk(library, devicePathOf(name)), 'CloseHandle', device =>
    growingWindowsReply(
      FIRST_EXTENTS,
      memory => askDevice(library, device, IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS, null, memory),
      readDiskExtents,
      'DeviceIoControl',
    ),
  );
}
