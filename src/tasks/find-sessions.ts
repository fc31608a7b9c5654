import { callAsync } from '../api/call.js';
import type { AsyncOptions } from '../api/options.js';
import { sessionList } from '../api/sessions/session-list.js';
import type { SessionInfo } from '../codec/session-list.js';
import { checkSessionFilter, type SessionFilter, sessionTest } from './session-filter.js';

/**
 * Returns the active sessions that fit the filter. The filter needs at least one member; `getIScsiSessionList` returns
 * all sessions. Rejects with `ERR_ISCSIDSC_INVALID_ARGUMENT` if a member of the filter is unknown, wrong or undefined,
 * and with the errors of `getIScsiSessionList`.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export async function findSessions(filter: SessionFilter, options?: AsyncOptions): Promise<SessionInfo[]> {
  const fits = sessionTest(checkSessionFilter(filter));
  return callAsync(options, function* (checked) {
    return (yield* sessionList(checked)).filter(fits);
  });
}
