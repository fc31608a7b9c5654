import { RETRY_CHECKS, type RetryOptions, runChecked } from '../../api/call.js';
import type { PersistentLogin } from '../../api/logins/persistent-logins.js';
import { type CheckedOptions, checkOptionsAnd } from '../../api/options.js';
import { removePortal, reportedPortal } from '../../api/portals/portal-changes.js';
import type { SendTargetPortal } from '../../api/portals/send-target-portals.js';
import { logout } from '../../api/sessions/logout.js';
import { sessionList } from '../../api/sessions/session-list.js';
import { BOOLEAN, type Check, checkFilter, wholeNumber } from '../../arguments.js';
import { isBusy, type PausingProcedure, type Retry, retryingWhileBusy } from '../../call/procedure.js';
import type { SessionInfo } from '../../codec/session-list.js';
import { formatUniqueId, isUniqueId, parseUniqueId } from '../../codec/unique-id.js';
import { IscsidscError, invalidArgument } from '../../errors.js';
import { isVolumePath } from '../../volume-path.js';
import { LOGOUT_RETRY, logOut, removeLogins } from '../removal.js';
import { checkExactTargetName, isWithTarget, targetOfSession } from '../target-name.js';
import { portalsToNothingElse } from './portals-of-targets.js';
import { sessionsWithDisks } from './session-disks.js';
import { disksOfVolume, nameOfVolume, refuseInUse, volumesThatGo } from './session-volumes.js';

/** What to disconnect: exactly one of these. */
export type WhichConnection =
  | {
      /** All sessions with the target of this name, in any case. */
      readonly targetName: string;
    }
  | {
      /** The session with this id. */
      readonly sessionId: string;
    }
  | {
      /** All sessions that have the disk `\\.\PhysicalDriveN`. */
      readonly deviceNumber: number;
    }
  | {
      /** All sessions that have a disk of this volume: `'E:'`, `'E:\\'`, a mount point, or the name of the volume. */
      readonly volume: string;
    };

/** How to disconnect. */
export interface DisconnectOptions extends RetryOptions {
  /** Removes the persistent logins of the target first, or Windows logs in again when it starts. Defaults to false. */
  forget?: boolean | undefined;
  /** Removes the registered portals that lead to the target and to no other one that Windows knows. Defaults to false. */
  removePortal?: boolean | undefined;
}

/** What was done to disconnect. */
export interface DisconnectedTarget {
  /** The names of the targets of the sessions; the name as it was given where that is what was asked for. */
  targetNames: string[];
  /** The persistent logins that were removed, as they were reported. */
  removedLogins: PersistentLogin[];
  /** The sessions that were logged out, as they were before. */
  loggedOut: SessionInfo[];
  /** The portals that were removed, as they were reported. */
  removedPortals: SendTargetPortal[];
}

const WHICH_CHECKS: Readonly<Record<'targetName' | 'sessionId' | 'deviceNumber' | 'volume', Check>> = {
  targetName: ['a string', value => typeof value === 'string'],
  sessionId: ['an id of a session', isUniqueId],
  deviceNumber: wholeNumber(0xfffffffe),
  volume: ['a drive letter, a mount point or the name of a volume', isVolumePath],
};
const CHECKS = { ...RETRY_CHECKS, forget: BOOLEAN, removePortal: BOOLEAN } as const;

/**
 * Logs out the sessions with a target, one session, or all sessions that have a disk or a volume. With `forget` it
 * removes the persistent logins of the target before, and with `removePortal` the portals that lead nowhere else after
 * that.
 *
 * Does nothing while a program has something open on a volume that would go away: it tries again, up to `retries`
 * (default 10) times, `retryDelayMs` (default 500) apart, and then rejects with `ISDSC_DEVICE_BUSY_ON_SESSION`;
 * `volumes` of the error names them. A logout that Windows refuses for the same reason is tried again, too. Can take
 * minutes.
 *
 * A target without a session is success with empty lists. Rejects with `ISDSC_INVALID_SESSION_ID` if there is no such
 * session, with `ERR_ISCSIDSC_NOT_LISTED` if no session has the disk or the volume, and with the errors of
 * `forgetTarget`. The first step that fails ends it; `done` of the error has what was done before, also after a timeout
 * or an abort.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-logoutiscsitarget and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-removeiscsipersistenttargetw and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-removeiscsisendtargetportalw
 */
export async function disconnectTarget(
  which: WhichConnection,
  options?: DisconnectOptions,
): Promise<DisconnectedTarget> {
  const { checked, own } = checkOptionsAnd<DisconnectOptions>(options, CHECKS);
  const connection = checkWhich(checked, which);
  const done: DisconnectedTarget = { targetNames: [], removedLogins: [], loggedOut: [], removedPortals: [] };
  try {
    await runChecked(checked, () => disconnect(checked, connection, own, done));
  } catch (error) {
    // Also one that is not of this package: nothing else says what was done.
    if (error instanceof Error && Object.isExtensible(error)) Object.assign(error, { done });
    throw error;
  }
  return done;
}

type Which = {
  readonly targetName?: string;
  readonly sessionId?: string;
  readonly deviceNumber?: number;
  readonly volume?: string;
};

function checkWhich(checked: CheckedOptions, which: WhichConnection): Which {
  const connection = checkFilter<Which>('connection', which, WHICH_CHECKS);
  const names = Object.keys(connection);
  if (names.length > 1) throw invalidArgument('The connection must have exactly one member', names.join());
  if (connection.targetName !== undefined) checkExactTargetName(checked, connection.targetName);
  return connection;
}

type Own = Omit<DisconnectOptions, 'signal' | 'timeoutMs' | 'library' | 'charset' | 'onWarning'>;

function* disconnect(
  checked: CheckedOptions,
  which: Which,
  { forget = false, removePortal: removesPortal = false, ...own }: Own,
  done: DisconnectedTarget,
): PausingProcedure<void> {
  const { retries = LOGOUT_RETRY.retries, retryDelayMs = LOGOUT_RETRY.retryDelayMs } = own;
  const retry = { retries, retryDelayMs };
  const all = yield* sessionList(checked);
  const sessions = yield* sessionsOf(checked, all, which, retry);
  const { targetNames, removedLogins, loggedOut, removedPortals } = done;
  targetNames.push(...(which.targetName === undefined ? namesOf(sessions) : [which.targetName]));
  const others = all.filter(session => !sessions.includes(session));
  const volumes = yield* volumesThatGo(checked, sessions, others);
  yield* refuseInUse(checked, volumes, retry);
  // Before the logout: Windows would log in again.
  if (forget) for (const name of targetNames) yield* removeLogins(checked, name, removedLogins);
  try {
    yield* logOut(checked, sessions, retry, loggedOut);
  } catch (error) {
    // Opened since, or by what locks no volume.
    if (isBusy(error) && volumes.length > 0) Object.assign(error, { volumes: volumes.map(nameOfVolume) });
    throw error;
  }
  if (!removesPortal) return;
  for (const portal of yield* portalsToNothingElse(checked, targetNames)) {
    if (yield* removePortal(checked, reportedPortal(portal))) removedPortals.push(portal);
  }
}

function* sessionsOf(
  checked: CheckedOptions,
  all: readonly SessionInfo[],
  which: Which,
  retry: Retry,
): PausingProcedure<SessionInfo[]> {
  const { targetName, sessionId, deviceNumber, volume } = which;
  if (targetName !== undefined) return all.filter(session => isWithTarget(session, targetName));
  if (sessionId !== undefined) {
    const id = parseUniqueId(sessionId);
    const sessions = all.filter(session => session.sessionId === formatUniqueId(id));
    // Windows itself says that there is no such session.
    if (sessions.length === 0) yield* retryingWhileBusy(() => logout(checked, id), retry);
    return sessions;
  }
  const numbers = volume === undefined ? [deviceNumber as number] : yield* disksOfVolume(checked, volume);
  const sessions = yield* sessionsWithDisks(checked, all, numbers);
  if (sessions.length > 0) return sessions;
  const disk = volume === undefined ? `the disk \\\\.\\PhysicalDrive${deviceNumber}` : `a disk of the volume ${volume}`;
  throw new IscsidscError('ERR_ISCSIDSC_NOT_LISTED', `No session has ${disk}.`, {
    hint: 'describeDisks lists the disks of the sessions.',
  });
}

function namesOf(sessions: readonly SessionInfo[]): string[] {
  return [...new Set(sessions.flatMap(session => targetOfSession(session) ?? []))];
}
