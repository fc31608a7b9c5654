import { inspect } from 'node:util';
import { runChecked } from '../api/call.js';
import type { DeviceOnSession } from '../api/devices/device.js';
import { deviceList } from '../api/devices/devices-for-session.js';
import { type AsyncOptions, type CheckedOptions, checkOptionsAnd } from '../api/options.js';
import { sessionList } from '../api/sessions/session-list.js';
import { type Check, wholeNumber } from '../arguments.js';
import { isBusy, type PausingProcedure, type Procedure } from '../call/procedure.js';
import { TIMEOUT_HINTS } from '../call/run.js';
import type { SessionInfo } from '../codec/session-list.js';
import { parseUniqueId } from '../codec/unique-id.js';
import { IscsidscError, isIscsidscError } from '../errors.js';
import { isTimeout } from './parts.js';
import { checkSessionFilter, type SessionFilter, sessionTest } from './session-filter.js';

/** What to wait for. */
export interface WaitOptions extends AsyncOptions {
  /** Milliseconds from the end of a poll to the start of the next. Defaults to 1,000. */
  intervalMs?: number | undefined;
  /**
   * `'gone'` waits until no session fits, `'devices'` until a session that fits has devices. If left out, waits until a
   * session fits.
   */
  until?: 'gone' | 'devices' | undefined;
}

export const INTERVAL: Check = wholeNumber(2 ** 31 - 1, 1);
const CHECKS: Readonly<Record<'intervalMs' | 'until', Check>> = {
  intervalMs: INTERVAL,
  until: ["'gone' or 'devices'", value => value === 'gone' || value === 'devices'],
};
const INTERVAL_MS = 1000;

/**
 * Waits until a session fits the filter. Resolves with the first one that does. Windows does not notify of changes, so
 * it polls. Rejects with `ERR_ISCSIDSC_TIMEOUT` if there is none after `timeoutMs`, and with the errors of
 * `getIScsiSessionList`.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export function waitForSession(
  filter: SessionFilter,
  options?: WaitOptions & { until?: undefined },
): Promise<SessionInfo>;
/**
 * Waits until no session fits the filter, for example after `logoutIScsiTarget`. Resolves with null. Windows does not
 * notify of changes, so it polls. Rejects with `ERR_ISCSIDSC_TIMEOUT` if one is left after `timeoutMs`, and with the
 * errors of `getIScsiSessionList`.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export function waitForSession(filter: SessionFilter, options: WaitOptions & { until: 'gone' }): Promise<null>;
/**
 * Waits until a session that fits the filter has devices: they appear some time after the session. Resolves with the
 * session and its `devices`. A session that is busy is asked again with the next poll. Windows does not notify of
 * changes, so it polls. Rejects with `ERR_ISCSIDSC_TIMEOUT` if there are none after `timeoutMs`, and with the errors of
 * `getIScsiSessionList`.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getdevicesforiscsisessionw
 */
export function waitForSession(
  filter: SessionFilter,
  options: WaitOptions & { until: 'devices' },
): Promise<
  SessionInfo & {
    /** Its devices, at least one. */
    devices: DeviceOnSession[];
  }
>;
/**
 * Waits for what `until` says.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export function waitForSession(filter: SessionFilter, options: WaitOptions): Promise<SessionInfo | null>;
export async function waitForSession(filter: SessionFilter, options?: WaitOptions): Promise<SessionInfo | null> {
  const checkedFilter = checkSessionFilter(filter);
  const fits = sessionTest(checkedFilter);
  const { checked, own } = checkOptionsAnd<WaitOptions>(options, CHECKS);
  const { intervalMs = INTERVAL_MS, until } = own;
  let answered = false;
  try {
    return await runChecked(checked, function* (): PausingProcedure<SessionInfo | null> {
      for (;;) {
        const sessions = (yield* sessionList(checked)).filter(fits);
        answered = true;
        const result = yield* resultOf(until, sessions, checked);
        if (result !== undefined) return result;
        yield { pauseMs: intervalMs };
      }
    });
  } catch (error) {
    // Without a list, it is the initiator that did not answer.
    if (answered && isTimeout(error)) throw notInTime(until, checkedFilter, checked, error);
    throw error;
  }
}

/** What the wait resolves with. Undefined while it has to go on. */
function* resultOf(
  until: WaitOptions['until'],
  sessions: readonly SessionInfo[],
  checked: CheckedOptions,
): Procedure<(SessionInfo & { devices?: DeviceOnSession[] }) | null | undefined> {
  if (until === undefined) return sessions[0];
  if (until === 'gone') return sessions.length === 0 ? null : undefined;
  for (const session of sessions) {
    const devices = yield* devicesSoFar(checked, session);
    if (devices.length > 0) return { ...session, devices };
  }
  return undefined;
}

function* devicesSoFar(checked: CheckedOptions, { sessionId }: SessionInfo): Procedure<DeviceOnSession[]> {
  try {
    return yield* deviceList(checked, parseUniqueId(sessionId));
  } catch (error) {
    // With an invalid id, the session went away after it was listed.
    if (isBusy(error) || (isIscsidscError(error) && error.code === 'ISDSC_INVALID_SESSION_ID')) return [];
    throw error;
  }
}

function notInTime(
  until: WaitOptions['until'],
  filter: SessionFilter,
  { deadline }: CheckedOptions,
  { pending, syscall }: IscsidscError,
): IscsidscError {
  const wanted = `session that fits ${inspect(filter, { breakLength: Number.POSITIVE_INFINITY })}`;
  const [what, hint] = {
    there: [`No ${wanted} appeared`, 'Look at the list of all sessions, and log in to the target.'],
    devices: [`No ${wanted} had devices`, 'Look at the state of the session, and at its target.'],
    gone: [`A ${wanted} did not end`, 'Log it out. Windows refuses while a disk of the session is in use.'],
  }[until ?? 'there'] as [string, string];
  return new IscsidscError('ERR_ISCSIDSC_TIMEOUT', `${what} within ${deadline.timeoutMs} ms.`, {
    hint: pending === undefined ? hint : `${hint} ${TIMEOUT_HINTS[pending]}`,
    ...(syscall === undefined ? {} : { syscall }),
    ...(pending === undefined ? {} : { pending }),
  });
}
