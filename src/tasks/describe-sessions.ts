import { RETRY_CHECKS, type RetryOptions, retryOf, runChecked } from '../api/call.js';
import type { DeviceOnSession } from '../api/devices/device.js';
import { deviceList } from '../api/devices/devices-for-session.js';
import { type CheckedOptions, checkAsyncOptions } from '../api/options.js';
import type { SessionInfoEx } from '../api/sessions/negotiated-session.js';
import { sessionList } from '../api/sessions/session-list.js';
import { sessionListEx } from '../api/sessions/session-list-ex.js';
import type { PausingProcedure } from '../call/procedure.js';
import { type Retry, retryingWhileBusy } from '../call/procedure.js';
import type { SessionInfo } from '../codec/session-list.js';
import { uniqueIdBytes } from '../codec/unique-id.js';
import { IscsidscError, isIscsidscError } from '../errors.js';
import { type SessionFilter, type SessionState, sessionTest, stateOfSession } from './session-filter.js';

/** Why a part is missing: an error as plain data. */
export interface MissingPart {
  /** `StatusError` for a status of the initiator, else `IscsidscError`. */
  name: string;
  /** The stable name of the error. */
  code: string;
  /** What has happened, and what to do. */
  message: string;
  /** What to do, alone. */
  hint?: string;
  /** The status behind `code`, unsigned. */
  errno?: number;
  /** The export that was called. */
  syscall?: string;
  /** Of `ERR_ISCSIDSC_MALFORMED_REPLY`: the struct member that did not fit. */
  member?: string;
  /** Where that member lies, in bytes from the start of the reply. */
  offset?: number;
}

/** All that the initiator tells of a session. A part whose call failed is null, with the reason beside it. */
export interface SessionDescription extends SessionInfo {
  /** `'reconnecting'` while it has no connection. */
  state: SessionState;
  /** Its devices, as `getDevicesForIScsiSession` gives them. */
  devices: DeviceOnSession[] | null;
  /** Why `devices` is null; else null itself. */
  devicesError: MissingPart | null;
  /** What was negotiated, as `getIScsiSessionListEx` gives it. */
  negotiated: SessionInfoEx | null;
  /** Why `negotiated` is null; else null itself. */
  negotiatedError: MissingPart | null;
}

/** Which sessions to describe, and how. */
export interface DescribeOptions extends RetryOptions {
  /** Only these: devices are not asked for of the others. */
  filter?: SessionFilter;
}

const RETRY = { retries: 3, retryDelayMs: 200 };
const CHECKS = { ...RETRY_CHECKS, filter: ['an object', (value: unknown) => typeof value === 'object'] as const };

/**
 * The active sessions with their devices and what was negotiated. While a session is busy its devices are asked for
 * again, 3 times after 200 ms each unless the options say otherwise. Rejects as `getIScsiSessionList` does; where only
 * a part cannot be had, its error is in the result.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw and, for each session,
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getdevicesforiscsisessionw
 */
export async function describeSessions(options?: DescribeOptions): Promise<SessionDescription[]> {
  const checked = checkAsyncOptions(options, CHECKS);
  const fits = sessionTest(options?.filter);
  return runChecked(checked, () => descriptions(checked, fits, retryOf(options, RETRY)));
}

function* descriptions(
  checked: CheckedOptions,
  fits: (session: SessionInfo) => boolean,
  retry: Retry,
): PausingProcedure<SessionDescription[]> {
  const sessions = (yield* sessionList(checked)).filter(fits);
  if (sessions.length === 0) return [];
  const [negotiated, negotiatedError] = yield* part(() => sessionListEx(checked));
  const byId = new Map(negotiated?.map(parameters => [parameters.sessionId, parameters]));
  const described: SessionDescription[] = [];
  for (const session of sessions) {
    const id = uniqueIdBytes(session.sessionId);
    const [devices, devicesError] = yield* part(() => retryingWhileBusy(() => deviceList(checked, id), retry));
    const parameters = byId.get(session.sessionId) ?? null;
    described.push({
      ...session,
      state: stateOfSession(session),
      devices,
      devicesError,
      negotiated: parameters,
      negotiatedError: parameters ? null : (negotiatedError ?? notListed()),
    });
  }
  return described;
}

function* part<Result>(
  procedure: () => PausingProcedure<Result>,
): PausingProcedure<[Result, null] | [null, MissingPart]> {
  try {
    return [yield* procedure(), null];
  } catch (error) {
    if (!isIscsidscError(error)) throw error;
    return [null, missingPart(error)];
  }
}

// The session has come between the two calls, or gone.
function notListed(): MissingPart {
  return missingPart(new IscsidscError('ERR_ISCSIDSC_NOT_LISTED', 'GetIScsiSessionListEx does not list the session.'));
}

function missingPart(error: IscsidscError): MissingPart {
  return error.toJSON() as unknown as MissingPart;
}
