import { diskNumbersIn } from '../../api/devices/device.js';
import { deviceList } from '../../api/devices/devices-for-session.js';
import type { CheckedOptions } from '../../api/options.js';
import { type PausingProcedure, type Retry, retryingWhileBusy } from '../../call/procedure.js';
import type { SessionInfo } from '../../codec/session-list.js';
import { parseUniqueId } from '../../codec/unique-id.js';
import { isStatus } from '../removal.js';

/** How a task asks a busy session for its devices. */
export const DISKS_RETRY: Retry = { retries: 10, retryDelayMs: 200 };

/** Those of the sessions that have one of the disks, by the N of `\\.\PhysicalDriveN`. */
export function* sessionsWithDisks(
  checked: CheckedOptions,
  sessions: readonly SessionInfo[],
  numbers: readonly number[],
): PausingProcedure<SessionInfo[]> {
  const found: SessionInfo[] = [];
  for (const session of sessions) {
    if ((yield* diskNumbersOf(checked, session)).some(number => numbers.includes(number))) found.push(session);
  }
  return found;
}

/** The numbers of the disks of a session. None where it has ended meanwhile. */
export function* diskNumbersOf(checked: CheckedOptions, { sessionId }: SessionInfo): PausingProcedure<number[]> {
  try {
    const id = parseUniqueId(sessionId);
    return diskNumbersIn(yield* retryingWhileBusy(() => deviceList(checked, id), DISKS_RETRY));
  } catch (error) {
    if (isStatus(error, 'ISDSC_INVALID_SESSION_ID')) return [];
    throw error;
  }
}
