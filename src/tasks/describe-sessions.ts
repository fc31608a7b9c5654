import { RETRY_CHECKS, type RetryOptions } from '../api/call.js';
import { type CheckedOptions, checkOptionsAnd } from '../api/options.js';
import type { SessionInfoEx } from '../api/sessions/negotiated-session.js';
import { sessionList } from '../api/sessions/session-list.js';
import { sessionListEx } from '../api/sessions/session-list-ex.js';
import type { Procedure } from '../call/procedure.js';
import type { SessionInfo } from '../codec/session-list.js';
import { IscsidscError } from '../errors.js';
import { DiskVolumes, type SessionVolume } from './disk-volumes.js';
import { type MissingPart, missingPart, Part, runToDeadline } from './parts.js';
import { DeviceQueries, type SessionWithDevices } from './session-devices.js';
import {
  FILTER,
  optionalSessionTest,
  type SessionFilter,
  type SessionState,
  stateOfSession,
} from './session-filter.js';

/** Everything that the initiator reports of a session. A part whose call failed is null, with the reason beside it. */
export interface SessionDescription extends SessionWithDevices {
  /** `'reconnecting'` while it has no connection. */
  state: SessionState;
  /** What was negotiated, the same as `getIScsiSessionListEx` returns. Null if that call failed. */
  negotiated: SessionInfoEx | null;
  /** Why `negotiated` is null, else null. */
  negotiatedError: MissingPart | null;
  /**
   * The volumes that lie on its disks, in whole or in part. One whose disks Windows does not name is with none. Null if
   * they or the disks could not be listed.
   */
  volumes: SessionVolume[] | null;
  /** Why `volumes` is null, else null. */
  volumesError: MissingPart | null;
}

/** Which sessions to describe, and how. */
export interface DescribeOptions extends RetryOptions {
  /** Describes only the sessions that fit, and asks for the devices of no others. All sessions if left out. */
  filter?: SessionFilter | undefined;
}

export const DEVICE_RETRY = { retries: 3, retryDelayMs: 200 };
const CHECKS = { ...RETRY_CHECKS, filter: FILTER };

/**
 * Returns the active sessions with their devices, their volumes and what was negotiated. Asks the sessions one after
 * another; those that are busy are asked again together, up to `retries` (default 3) times, `retryDelayMs` (default 200)
 * apart.
 *
 * When `timeoutMs` ends after the session list was received, resolves with what is there: each missing part is null,
 * and its error says how far it had come. Rejects with the errors of `getIScsiSessionList` if the list itself cannot be
 * received, and with an `AbortError` when `signal` fires.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw and
 * https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-findfirstvolumew and, for each session,
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getdevicesforiscsisessionw
 */
export async function describeSessions(options?: DescribeOptions): Promise<SessionDescription[]> {
  const { checked, own } = checkOptionsAnd<DescribeOptions>(options, CHECKS);
  const { filter, retries = DEVICE_RETRY.retries, retryDelayMs = DEVICE_RETRY.retryDelayMs } = own;
  const fits = optionalSessionTest(filter);
  const devices = new DeviceQueries();
  const volumes = new DiskVolumes();
  const negotiated = new Part<ReadonlyMap<string, SessionInfoEx>>('what was negotiated');
  let sessions: SessionInfo[] | undefined;

  const timeout = await runToDeadline(
    checked,
    function* () {
      sessions = (yield* sessionList(checked)).filter(fits);
      if (sessions.length === 0) return;
      // Not every Windows has the function.
      yield* negotiated.ask(() => negotiatedById(checked));
      yield* volumes.ask(checked);
      yield* devices.ask(checked, sessions, { retries, retryDelayMs });
    },
    () => sessions !== undefined,
  );
  return (sessions ?? []).map(session => ({
    ...session,
    state: stateOfSession(session),
    ...devices.of(session.sessionId, timeout),
    ...negotiatedPart(session, negotiated, timeout),
    ...volumes.ofDevices(devices.answer(session.sessionId, timeout), timeout),
  }));
}

function* negotiatedById(checked: CheckedOptions): Procedure<ReadonlyMap<string, SessionInfoEx>> {
  const list = yield* sessionListEx(checked);
  return new Map(list.map(each => [each.sessionId, each]));
}

function negotiatedPart(
  { sessionId }: SessionInfo,
  part: Part<ReadonlyMap<string, SessionInfoEx>>,
  timeout: IscsidscError | undefined,
): Pick<SessionDescription, 'negotiated' | 'negotiatedError'> {
  const negotiated = part.value?.get(sessionId) ?? null;
  return { negotiated, negotiatedError: negotiated ? null : missingPart(part.reason(timeout) ?? notListed()) };
}

// The session came or went between the two calls.
function notListed(): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_NOT_LISTED', 'GetIScsiSessionListEx does not list the session.');
}
