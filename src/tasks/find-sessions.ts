import { callAsync, runChecked } from '../api/call.js';
import { type AsyncOptions, checkAsyncOptions } from '../api/options.js';
import { sessionList } from '../api/sessions/session-list.js';
import { wholeNumber } from '../arguments.js';
import type { PausingProcedure } from '../call/procedure.js';
import type { SessionInfo } from '../codec/session-list.js';
import { IscsidscError } from '../errors.js';
import { type SessionFilter, sessionTest } from './session-filter.js';

/** How to wait for a session. */
export interface WaitOptions extends AsyncOptions {
  /** Milliseconds from one list to the next, 1,000 if left out. */
  intervalMs?: number;
}

export const INTERVAL_CHECKS = { intervalMs: wholeNumber(2 ** 31 - 1, 1) };

/**
 * The active sessions that fit the filter. Rejects as `getIScsiSessionList` does.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export async function findSessions(filter: SessionFilter, options?: AsyncOptions): Promise<SessionInfo[]> {
  const fits = sessionTest(filter);
  return callAsync(options, function* (checked) {
    return (yield* sessionList(checked)).filter(fits);
  });
}

/**
 * The first active session that fits the filter, as soon as there is one. Windows does not tell of changes, so it asks
 * again and again. Rejects with `ERR_ISCSIDSC_TIMEOUT` when there is none after `timeoutMs`, and as
 * `getIScsiSessionList` does.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export async function waitForSession(filter: SessionFilter, options?: WaitOptions): Promise<SessionInfo> {
  const fits = sessionTest(filter);
  const checked = checkAsyncOptions(options, INTERVAL_CHECKS);
  let answered = false;
  try {
    return await runChecked(checked, function* (): PausingProcedure<SessionInfo> {
      for (;;) {
        const session = (yield* sessionList(checked)).find(fits);
        if (session) return session;
        answered = true;
        yield { pauseMs: options?.intervalMs ?? 1000 };
      }
    });
  } catch (error) {
    if (answered && error instanceof IscsidscError && error.code === 'ERR_ISCSIDSC_TIMEOUT') throw notThere(options);
    throw error;
  }
}

function notThere(options: WaitOptions | undefined): IscsidscError {
  return new IscsidscError(
    'ERR_ISCSIDSC_TIMEOUT',
    `No session that fits the filter has come up within ${options?.timeoutMs} ms.`,
    { hint: 'Look at the list of all sessions, and at how the target is logged in.' },
  );
}
