import { RETRY_CHECKS, type RetryOptions } from '../api/call.js';
import { checkOptionsAnd } from '../api/options.js';
import type { SessionInfoEx } from '../api/sessions/negotiated-session.js';
import { sessionList } from '../api/sessions/session-list.js';
import { sessionListEx } from '../api/sessions/session-list-ex.js';
import type { PausingProcedure } from '../call/procedure.js';
import type { SessionInfo } from '../codec/session-list.js';
import { IscsidscError, isIscsidscError } from '../errors.js';
import {
  DeviceQueries,
  type MissingPart,
  missingPart,
  notAsked,
  runToDeadline,
  type SessionWithDevices,
} from './session-devices.js';
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
}

/** Which sessions to describe, and how. */
export interface DescribeOptions extends RetryOptions {
  /** Describes only the sessions that fit, and asks for the devices of no others. All sessions if left out. */
  filter?: SessionFilter | undefined;
}

export const DEVICE_RETRY = { retries: 3, retryDelayMs: 200 };
const CHECKS = { ...RETRY_CHECKS, filter: FILTER };

/**
 * Returns the active sessions with their devices and what was negotiated. Asks the sessions one after another; those
 * that are busy are asked again together, up to `retries` (default 3) times, `retryDelayMs` (default 200) apart.
 *
 * When `timeoutMs` ends after the session list was received, resolves with what is there: each missing part is null,
 * and its error says how far it had come. Rejects with the errors of `getIScsiSessionList` if the list itself cannot be
 * received, and with an `AbortError` when `signal` fires.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw and, for each session,
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getdevicesforiscsisessionw
 */
export async function describeSessions(options?: DescribeOptions): Promise<SessionDescription[]> {
  const { checked, own } = checkOptionsAnd<DescribeOptions>(options, CHECKS);
  const { filter, retries = DEVICE_RETRY.retries, retryDelayMs = DEVICE_RETRY.retryDelayMs } = own;
  const fits = optionalSessionTest(filter);
  const devices = new DeviceQueries();
  let sessions: SessionInfo[] | undefined;
  let negotiated: Negotiated | undefined;

  const timeout = await runToDeadline(
    checked,
    function* () {
      sessions = (yield* sessionList(checked)).filter(fits);
      if (sessions.length === 0) return;
      negotiated = yield* negotiatedOf(sessionListEx(checked));
      yield* devices.ask(checked, sessions, { retries, retryDelayMs });
    },
    () => sessions !== undefined,
  );
  const unheard =
    timeout?.pending === 'running' ? timeout : notAsked('The time ended before GetIScsiSessionListEx was called.');
  const listed = negotiated ?? { byId: new Map(), error: unheard };
  return (sessions ?? []).map(session => ({
    ...session,
    state: stateOfSession(session),
    ...devices.of(session.sessionId, timeout),
    ...negotiatedPart(session, listed),
  }));
}

interface Negotiated {
  readonly byId: ReadonlyMap<string, SessionInfoEx>;
  readonly error: IscsidscError | undefined;
}

// Not every Windows has the function, and the rest is worth having without it.
function* negotiatedOf(procedure: PausingProcedure<SessionInfoEx[]>): PausingProcedure<Negotiated> {
  try {
    const list = yield* procedure;
    return { byId: new Map(list.map(each => [each.sessionId, each])), error: undefined };
  } catch (error) {
    if (!isIscsidscError(error)) throw error;
    return { byId: new Map(), error };
  }
}

function negotiatedPart(
  { sessionId }: SessionInfo,
  { byId, error }: Negotiated,
): Pick<SessionDescription, 'negotiated' | 'negotiatedError'> {
  const negotiated = byId.get(sessionId) ?? null;
  return { negotiated, negotiatedError: negotiated ? null : missingPart(error ?? notListed()) };
}

// The session came or went between the two calls.
function notListed(): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_NOT_LISTED', 'GetIScsiSessionListEx does not list the session.');
}
