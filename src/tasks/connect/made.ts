import type { LoggedIn } from '../../api/logins/login.js';
import { type PersistentLogin, persistentLogins, removePersistentLogin } from '../../api/logins/persistent-logins.js';
import type { CheckedOptions } from '../../api/options.js';
import { removePortal, type WhichPortal } from '../../api/portals/portal-changes.js';
import { sessionList } from '../../api/sessions/session-list.js';
import type { PausingProcedure } from '../../call/procedure.js';
import type { SessionInfo } from '../../codec/session-list.js';
import { IscsidscError } from '../../errors.js';
import { LOGOUT_RETRY, logOut } from '../removal.js';
import { isWithTarget } from '../target-name.js';
import type { CreatedConnection, Made } from './created.js';
import type { Registration } from './registration.js';
import { isSameLogin, isSamePlace, type WantedLogin } from './saved-logins.js';

/** A portal that was registered. */
export class MadePortal implements Made {
  readonly #which: WhichPortal;
  readonly #users: Set<object>;

  constructor(which: WhichPortal, { users }: Pick<Registration, 'users'>) {
    this.#which = which;
    this.#users = users;
    users.add(this);
  }

  *undo(checked: CheckedOptions): PausingProcedure<void> {
    const isLast = this.#users.size === 1 && this.#users.has(this);
    if (isLast) yield* removePortal(checked, this.#which);
    this.#users.delete(this);
  }

  addTo({ portals }: CreatedConnection): void {
    const { portal, instance, port } = this.#which;
    portals.push({ initiatorName: instance ?? '', initiatorPortNumber: port, ...portal });
  }
}

/** A session that was logged in. */
export class MadeSession implements Made {
  readonly #targetName: string;
  readonly #known: ReadonlySet<string>;
  #ids: LoggedIn | undefined;

  /** `known` are the ids of the sessions that were there before. */
  constructor(targetName: string, known: Iterable<string>) {
    this.#targetName = targetName;
    this.#known = new Set(known);
  }

  set ids(ids: LoggedIn) {
    this.#ids = ids;
  }

  *undo(checked: CheckedOptions): PausingProcedure<void> {
    const sessions: readonly LoggedIn[] | readonly SessionInfo[] = this.#ids
      ? [this.#ids]
      : yield* this.#found(checked);
    yield* logOut<Pick<SessionInfo, 'sessionId'>>(checked, sessions, LOGOUT_RETRY);
  }

  addTo({ sessions }: CreatedConnection): void {
    if (this.#ids) sessions.push(this.#ids);
  }

  /** The session of a login whose answer could not be read. Of two, one is somebody else's. */
  *#found(checked: CheckedOptions): PausingProcedure<SessionInfo[]> {
    const sessions = (yield* sessionList(checked)).filter(
      session => isWithTarget(session, this.#targetName) && !this.#known.has(session.sessionId),
    );
    if (sessions.length <= 1) return sessions;
    throw new IscsidscError('ERR_ISCSIDSC_NOT_LISTED', 'It is not known which of several new sessions was logged in.', {
      hint: 'List the sessions of the target, and log out the one that is not needed.',
    });
  }
}

/** A login that was saved. */
export class MadeLogin implements Made {
  readonly #wanted: WantedLogin;
  #reported: PersistentLogin | undefined;

  constructor(wanted: WantedLogin) {
    this.#wanted = wanted;
  }

  /** As Windows reports it. */
  set reported(login: PersistentLogin) {
    this.#reported = login;
  }

  *undo(checked: CheckedOptions): PausingProcedure<void> {
    const inPlace = (yield* persistentLogins(checked)).filter(login => isSamePlace(login, this.#wanted));
    const login = inPlace.find(each => isSameLogin(each, this.#wanted));
    if (login === undefined) return;
    // The call names the place alone: Windows could remove the other one, whose password nobody knows.
    if (inPlace.some(each => !isSameLogin(each, this.#wanted))) {
      throw new IscsidscError(
        'ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA',
        'There is another persistent login through that portal, with other options. Windows cannot be told which of the two to remove.',
        { hint: 'Remove both with removeIScsiPersistentTarget, and save the one that is needed again.' },
      );
    }
    yield* removePersistentLogin(checked, login.targetName, login);
  }

  addTo({ persistentLogins: logins }: CreatedConnection): void {
    const { targetName, initiatorInstance, initiatorPortNumber, portal, loginOptions } = this.#wanted;
    logins.push(
      this.#reported ?? {
        targetName,
        isInformationalSession: false,
        initiatorInstance: initiatorInstance ?? '',
        initiatorPortNumber,
        targetPortal: portal ?? { symbolicName: '', address: '', socket: 0 },
        securityFlags: [],
        mappings: null,
        loginOptions,
      },
    );
  }
}

/** The things that a result of `connectTarget` names, where the result itself is in another process. */
export function madeOf({ portals, sessions, persistentLogins }: CreatedConnection, targetName: string): Made[] {
  return [
    ...portals.map(({ initiatorName, initiatorPortNumber, ...portal }) => {
      const which = { portal, instance: initiatorName || null, port: initiatorPortNumber };
      return new MadePortal(which, { users: new Set() });
    }),
    ...sessions.map(ids => {
      const made = new MadeSession(targetName, []);
      made.ids = ids;
      return made;
    }),
    ...persistentLogins.map(login => {
      const { initiatorInstance, targetPortal } = login;
      const portal = targetPortal.address === '' ? null : targetPortal;
      const made = new MadeLogin({ ...login, initiatorInstance: initiatorInstance || null, portal });
      made.reported = login;
      return made;
    }),
  ];
}
