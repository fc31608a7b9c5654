import type { LoggedIn } from '../../api/logins/login.js';
import { login } from '../../api/logins/login.js';
import { type PersistentLogin, persistentLogins } from '../../api/logins/persistent-logins.js';
import type { CheckedOptions } from '../../api/options.js';
import type { TargetPortal } from '../../api/portals/portal.js';
import { sessionList } from '../../api/sessions/session-list.js';
import { sessionListEx } from '../../api/sessions/session-list-ex.js';
import type { Procedure } from '../../call/procedure.js';
import type { SessionInfo } from '../../codec/session-list.js';
import { isIscsidscError } from '../../errors.js';
import { isStatus } from '../removal.js';
import { isWithTarget } from '../target-name.js';
import { MadeLogin, MadeSession } from './made.js';
import type { Path } from './portals.js';
import { loginOptionsOf } from './request.js';
import { isSameLogin, type WantedLogin } from './saved-logins.js';
import type { ConnectWork } from './work.js';

/** A session with the target. */
export interface ConnectedSession {
  /** As in `SessionInfo`. */
  sessionId: string;
  /** The portal of the login, or of a connection that was found. Null if the session has none, or Windows chose. */
  portal: TargetPortal | null;
  /** Whether it was logged in by this call. */
  isNew: boolean;
}

/** The sessions with the target that have disks, as they are before the first login. */
export interface KnownSessions {
  /** Those with disks. */
  readonly data: readonly SessionInfo[];
  /** The ids of all, the informational ones included. */
  readonly ids: readonly string[];
}

export function knownSessions({ deadline, request }: ConnectWork): Promise<KnownSessions> {
  return deadline.read(function* (checked) {
    const sessions = (yield* sessionList(checked)).filter(session => isWithTarget(session, request.targetName));
    const informational = sessions.length === 0 ? [] : yield* informationalSessions(checked);
    const data = sessions.filter(({ sessionId }) => !informational.includes(sessionId));
    return { data, ids: sessions.map(({ sessionId }) => sessionId) };
  });
}

function* informationalSessions(checked: CheckedOptions): Procedure<string[]> {
  try {
    const types = yield* sessionListEx(checked);
    return types.filter(({ type }) => type === 'informational').map(({ sessionId }) => sessionId);
  } catch (error) {
    // An old Windows does not tell: there, an informational session is taken for one whose disks do not appear.
    if (isIscsidscError(error) && error.code === 'ERR_ISCSIDSC_MISSING_EXPORT') return [];
    throw error;
  }
}

/** Finds a session through each path, or through one of them, and logs in where there is none. */
export async function findSessions(
  work: ConnectWork,
  paths: readonly Path[],
  known: KnownSessions,
): Promise<ConnectedSession[]> {
  const sessions = work.request.isMultipath
    ? await sessionOnEach(work, paths, known)
    : await sessionOnOne(work, paths, known);
  if (sessions.length > 0) return sessions;
  const last = work.failures.at(-1);
  throw last?.error;
}

async function sessionOnEach(work: ConnectWork, paths: readonly Path[], known: KnownSessions) {
  const sessions: ConnectedSession[] = [];
  for (const path of paths) {
    const session = existingOn(path, known) ?? (await tryLogin(work, path, [...known.ids, ...idsOf(sessions)]));
    if (!session) continue;
    tellSession(work, session);
    // A session with a connection through each of two portals stands for both.
    if (!idsOf(sessions).includes(session.sessionId)) sessions.push(session);
  }
  return sessions;
}

/** Without multipath, Windows allows one session with a target: one that is there is used, wherever it goes. */
async function sessionOnOne(work: ConnectWork, paths: readonly Path[], { data, ids }: KnownSessions) {
  for (const path of paths) {
    const session = existingOn(path, { data, ids });
    if (session) return [tellSession(work, session)];
  }
  const [other] = data;
  if (other) return [tellSession(work, withPortal(other, paths[0]?.portal ?? null))];
  for (const path of paths) {
    const session = await tryLogin(work, path, ids);
    if (session) return [tellSession(work, session)];
  }
  return [];
}

function existingOn({ place, portal }: Path, { data }: KnownSessions): ConnectedSession | undefined {
  const session = place && data.find(each => place.hasSession(each));
  return session ? foundSession(session, portal) : undefined;
}

function foundSession({ sessionId, connections: [first] }: SessionInfo, portal: TargetPortal | null): ConnectedSession {
  const found = first && { symbolicName: '', address: first.targetAddress ?? '', socket: first.targetSocket };
  return { sessionId, portal: portal ?? found ?? null, isNew: false };
}

/** The portal is that of a connection, if there is one. */
function withPortal(session: SessionInfo, portal: TargetPortal | null): ConnectedSession {
  const found = foundSession(session, null);
  return { ...found, portal: found.portal ?? portal };
}

function tellSession(work: ConnectWork, session: ConnectedSession): ConnectedSession {
  const { sessionId, portal, isNew } = session;
  work.tell('session', isNew ? 'done' : 'existing', { portal, sessionId });
  return session;
}

async function tryLogin(
  work: ConnectWork,
  { portal, hasFailed }: Path,
  known: readonly string[],
): Promise<ConnectedSession | undefined> {
  if (hasFailed) return undefined;
  work.tell('session', 'started', { portal });
  const made = new MadeSession(work.request.targetName, known);
  try {
    const { sessionId } = await work.make(
      made,
      checked => loginAt(work, checked, portal, false) as Procedure<LoggedIn>,
      ids => {
        made.ids = ids;
      },
    );
    return { sessionId, portal, isNew: true };
  } catch (error) {
    const other = await madeMeanwhile(work, portal, error);
    if (other) return other;
    work.failed('session', portal, error);
    return undefined;
  }
}

/** A session that Windows, or another program, has made since they were listed. */
async function madeMeanwhile(
  work: ConnectWork,
  portal: TargetPortal | null,
  error: unknown,
): Promise<ConnectedSession | undefined> {
  if (work.request.isMultipath || !isStatus(error, 'ISDSC_TARGET_ALREADY_LOGGED_IN')) return undefined;
  const [other] = (await knownSessions(work)).data;
  return other && withPortal(other, portal);
}

/** Saves the login of a session, unless there is an equal one. */
export async function saveLogin(work: ConnectWork, { portal, sessionId }: ConnectedSession): Promise<void> {
  const { request, deadline } = work;
  const wanted: WantedLogin = { ...request, portal };
  if (savedLogin(await deadline.read(persistentLogins), wanted)) {
    return work.tell('persistentLogin', 'existing', { portal, sessionId });
  }
  work.tell('persistentLogin', 'started', { portal, sessionId });
  const made = new MadeLogin(wanted);
  try {
    await work.make(made, checked => loginAt(work, checked, portal, true));
  } catch (error) {
    work.tell('persistentLogin', 'failed', { portal, sessionId, error });
    throw error;
  }
  work.tell('persistentLogin', 'done', { portal, sessionId });
  // As Windows has it: its removal names the initiator that Windows chose.
  const reported = savedLogin(await deadline.read(persistentLogins), wanted);
  if (reported) made.reported = reported;
}

function savedLogin(logins: readonly PersistentLogin[], wanted: WantedLogin): PersistentLogin | undefined {
  return logins.find(each => isSameLogin(each, wanted));
}

function loginAt(
  { request }: ConnectWork,
  checked: CheckedOptions,
  portal: TargetPortal | null,
  isPersistent: boolean,
) {
  const { targetName, initiatorInstance, initiatorPortNumber } = request;
  const loginOptions = loginOptionsOf(request);
  return login(checked, targetName, {
    initiatorInstance,
    initiatorPortNumber,
    targetPortal: portal,
    loginOptions,
    isPersistent,
  });
}

function idsOf(sessions: readonly ConnectedSession[]): string[] {
  return sessions.map(({ sessionId }) => sessionId);
}
