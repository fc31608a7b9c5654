import { type PersistentLogin, persistentLogins, removePersistentLogin } from '../api/logins/persistent-logins.js';
import type { CheckedOptions } from '../api/options.js';
import { logout } from '../api/sessions/logout.js';
import { sameName } from '../api/targets/target-name.js';
import { type PausingProcedure, type Procedure, type Retry, retryingWhileBusy } from '../call/procedure.js';
import type { SessionInfo } from '../codec/session-list.js';
import { parseUniqueId } from '../codec/unique-id.js';
import { isIscsidscError } from '../errors.js';
import type { StatusName } from '../header/statuses.js';

/** How tasks try a logout again while a disk is in use. */
export const LOGOUT_RETRY: Retry = { retries: 10, retryDelayMs: 500 };

/** Removes all persistent logins to a target, and adds each to those that are removed. */
export function* removeLogins(
  checked: CheckedOptions,
  targetName: string,
  removedLogins: PersistentLogin[],
): Procedure<void> {
  const logins = (yield* persistentLogins(checked)).filter(login => sameName(login.targetName, targetName));
  for (const login of logins) {
    try {
      yield* removePersistentLogin(checked, login.targetName, login);
    } catch (error) {
      // One for any portal can stand for all of them: then a call before has removed this one, too.
      if (!isStatus(error, 'ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA')) throw error;
      if ((yield* persistentLogins(checked)).some(left => identityOf(left) === identityOf(login))) throw error;
    }
    removedLogins.push(login);
  }
}

/** Ends sessions, and adds each to those that are logged out. One that has ended by itself is left out. */
export function* logOut<Session extends Pick<SessionInfo, 'sessionId'>>(
  checked: CheckedOptions,
  sessions: readonly Session[],
  retry: Retry,
  loggedOut: Session[] = [],
): PausingProcedure<void> {
  for (const session of sessions) {
    const id = parseUniqueId(session.sessionId);
    try {
      yield* retryingWhileBusy(() => logout(checked, id), retry);
    } catch (error) {
      if (isStatus(error, 'ISDSC_INVALID_SESSION_ID')) continue;
      throw error;
    }
    loggedOut.push(session);
  }
}

/** What Windows tells persistent logins apart by. */
function identityOf({ targetName, initiatorInstance, initiatorPortNumber, targetPortal }: PersistentLogin): string {
  const { address, socket } = targetPortal;
  return JSON.stringify([targetName, initiatorInstance, initiatorPortNumber, address, socket]);
}

export function isStatus(error: unknown, code: StatusName): boolean {
  return isIscsidscError(error) && error.code === code;
}
