import { RETRY_CHECKS, type RetryOptions, runChecked } from '../api/call.js';
import type { PersistentLogin } from '../api/logins/persistent-logins.js';
import { type CheckedOptions, checkOptionsAnd } from '../api/options.js';
import { sessionList } from '../api/sessions/session-list.js';
import { removeTarget } from '../api/targets/static-targets.js';
import { targetList } from '../api/targets/target-list.js';
import { sameName } from '../api/targets/target-name.js';
import type { PausingProcedure, Procedure, Retry } from '../call/procedure.js';
import type { SessionInfo } from '../codec/session-list.js';
import { resultOr } from './parts.js';
import { isStatus, LOGOUT_RETRY, logOut, removeLogins } from './removal.js';
import { checkExactTargetName, isWithTarget } from './target-name.js';

/** What was done to forget a target. */
export interface ForgottenTarget {
  /** As it was given. */
  targetName: string;
  /** The persistent logins that were removed, as they were reported. Equal ones are listed as often as there were. */
  removedLogins: PersistentLogin[];
  /** The sessions that were logged out, as they were before. */
  loggedOut: SessionInfo[];
  /** Whether there was a static target of that name. */
  removedStaticTarget: boolean;
}

/**
 * Forgets a target: removes each of its persistent logins, logs out its sessions, and removes the static target. Works
 * for a target that no longer exists, and resolves with empty lists for one that nothing knows. The name is compared in
 * any case. A session whose disks are in use is tried again, up to `retries` (default 10) times, `retryDelayMs` (default
 * 500) apart. Can take minutes.
 *
 * A target that a portal reports stays in the list of targets until the portal is removed.
 *
 * The first step that fails ends it. Rejects with the errors of that step, for example `ISDSC_DEVICE_BUSY_ON_SESSION`;
 * `done` of the error has what was done before, in the same shape as the result. It is also set after a timeout or an abort: a
 * call that still runs, as `pending` says, is not in it.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-removeiscsipersistenttargetw and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-logoutiscsitarget and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-removeiscsistatictargetw
 */
export async function forgetTarget(targetName: string, options?: RetryOptions): Promise<ForgottenTarget> {
  const { checked, own } = checkOptionsAnd<RetryOptions>(options, RETRY_CHECKS);
  const { retries = LOGOUT_RETRY.retries, retryDelayMs = LOGOUT_RETRY.retryDelayMs } = own;
  checkExactTargetName(checked, targetName);
  const done: ForgottenTarget = { targetName, removedLogins: [], loggedOut: [], removedStaticTarget: false };
  try {
    await runChecked(checked, () => forget(checked, done, { retries, retryDelayMs }));
  } catch (error) {
    // Also one that is not of this package: nothing else says what was done.
    if (error instanceof Error && Object.isExtensible(error)) Object.assign(error, { done });
    throw error;
  }
  return done;
}

/** Persistent logins first: Windows would log in again. */
function* forget(checked: CheckedOptions, done: ForgottenTarget, retry: Retry): PausingProcedure<void> {
  const { targetName, removedLogins, loggedOut } = done;
  yield* removeLogins(checked, targetName, removedLogins);
  const sessions = (yield* sessionList(checked)).filter(session => isWithTarget(session, targetName));
  yield* logOut(checked, sessions, retry, loggedOut);
  yield* removeStaticTarget(checked, done);
}

function* removeStaticTarget(checked: CheckedOptions, done: ForgottenTarget): Procedure<void> {
  try {
    yield* removeTarget(checked, yield* listedName(checked, done.targetName));
    done.removedStaticTarget = true;
  } catch (error) {
    if (!isStatus(error, 'ISDSC_TARGET_NOT_FOUND')) throw error;
  }
}

/** How Windows spells the name. One that is hidden is not in the list, and without the list the name is as it was given. */
function* listedName(checked: CheckedOptions, targetName: string): Procedure<string> {
  return (yield* resultOr(() => targetList(checked, {}), [])).find(name => sameName(name, targetName)) ?? targetName;
}
