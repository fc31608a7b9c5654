import type { LoginOptions } from '../../api/logins/login-options.js';
import { PERSISTENT_LOGIN, type PersistentLogin } from '../../api/logins/persistent-logins.js';
import type { TargetPortal } from '../../api/portals/portal.js';
import { sameName } from '../../api/targets/target-name.js';
import { SUCCESS } from '../../native/status.js';
import { samePortal } from '../../portal.js';
import { frozenCopy } from '../frozen-copy.js';
import type { Network, Target } from '../network.js';
import type { Discovery } from '../portals/discovery.js';
import { authenticate, type KeptSecret } from '../security/chap.js';
import {
  ISDSC_AUTHORIZATION_FAILURE,
  ISDSC_CONNECTION_FAILED,
  ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA,
  ISDSC_NO_PORTAL_SPECIFIED,
  ISDSC_NOT_FOUND,
  ISDSC_TARGET_ALREADY_LOGGED_IN,
  ISDSC_TARGET_NOT_FOUND,
  ISDSC_TOO_MANY_SESSIONS,
} from '../statuses.js';
import { passTime } from '../wait.js';

/** What a login asks for. */
export interface LoginRequest extends Pick<PersistentLogin, 'targetName' | 'isInformationalSession'> {
  /** Null for any. */
  readonly portal: TargetPortal | null;
  readonly options: LoginOptions;
  readonly password: KeptSecret | null;
}

/** Where a login has led. */
export interface Reached {
  readonly target: Target;
  /** That of the connection: another one than asked for, where the portal has sent the login on. */
  readonly portal: TargetPortal;
}

/** A saved login, and the password that is never reported. */
export interface SavedLogin {
  readonly entry: PersistentLogin;
  readonly password: KeptSecret | null;
}

/** What logins need to know of the machine. */
export interface LoginMachine {
  readonly network: Network;
  readonly nodeName: string;
  readonly machineSecret: KeptSecret | null;
  readonly discovery: Discovery;
  /** How many sessions a target has. */
  sessionsOf(targetName: string): number;
}

/** Who may log in, and the logins that are made when Windows starts. */
export class Logins {
  readonly #machine: LoginMachine;
  #saved: readonly SavedLogin[];

  constructor(machine: LoginMachine, entries: readonly PersistentLogin[]) {
    this.#machine = machine;
    this.#saved = withoutPassword(entries);
  }

  get entries(): readonly PersistentLogin[] {
    return this.#saved.map(({ entry }) => entry);
  }

  set entries(entries: readonly PersistentLogin[]) {
    this.#saved = withoutPassword(
      frozenCopy(PERSISTENT_LOGIN, entries, 'persistentLogins') as readonly PersistentLogin[],
    );
  }

  get saved(): readonly SavedLogin[] {
    return this.#saved;
  }

  restore(saved: readonly SavedLogin[]): void {
    const entries = saved.map(({ entry }) => entry);
    const copies = frozenCopy(PERSISTENT_LOGIN, entries, 'persistentLogins') as readonly PersistentLogin[];
    this.#saved = copies.map((entry, index) => ({ entry, password: saved[index]?.password ?? null }));
  }

  isSaved(targetName: string): boolean {
    return this.#saved.some(({ entry }) => sameName(entry.targetName, targetName));
  }

  /** Saves one more login, also one that is there already. */
  save(login: SavedLogin): number {
    if (!this.#isKnown(login.entry.targetName)) return ISDSC_TARGET_NOT_FOUND;
    const [entry] = frozenCopy(PERSISTENT_LOGIN, [login.entry], 'login') as readonly [PersistentLogin];
    this.#saved = [...this.#saved, { ...login, entry }];
    return SUCCESS;
  }

  /**
   * Removes one login: the one that is named as it was reported. Else no portal, or an empty address, stands for all
   * portals, and removes all that fit.
   */
  remove(targetName: string, instance: string | null, port: number, portal: TargetPortal | null): number {
    const isAny = portal === null || portal.address === '';
    const fits = this.#saved.filter(
      ({ entry }) =>
        sameName(entry.targetName, targetName) &&
        (instance === null || sameName(entry.initiatorInstance, instance)) &&
        (port === ANY_PORT || entry.initiatorPortNumber === port) &&
        (isAny || samePortal(entry.targetPortal, portal)),
    );
    const named = fits.find(({ entry }) => portal !== null && samePortal(entry.targetPortal, portal));
    const removed = named ? [named] : fits;
    if (removed.length === 0) return ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA;
    this.#saved = this.#saved.filter(each => !removed.includes(each));
    return SUCCESS;
  }

  /** Tries to log in: returns where it has led, or the status of the failure. */
  tryLogin(request: LoginRequest): Reached | number {
    const { targetName, portal } = request;
    if (!this.#isKnown(targetName)) return ISDSC_TARGET_NOT_FOUND;
    const isSecond = this.#machine.sessionsOf(targetName) > 0;
    if (isSecond && !hasFlag(request.options, MULTIPATH_ENABLED)) return ISDSC_TARGET_ALREADY_LOGGED_IN;
    return this.reach(request, portal !== null && portal.address !== '' ? [portal] : this.#portalsOf(targetName));
  }

  /** Tries portals one after the other, until one answers. */
  reach(request: Omit<LoginRequest, 'portal'>, portals: readonly TargetPortal[]): Reached | number {
    let status = ISDSC_NO_PORTAL_SPECIFIED;
    for (const portal of portals) {
      const reached = this.#connect(request, portal);
      if (reached !== ISDSC_CONNECTION_FAILED) return reached;
      status = reached;
    }
    return status;
  }

  #connect(request: Omit<LoginRequest, 'portal'>, asked: TargetPortal): Reached | number {
    const { network, nodeName, machineSecret } = this.#machine;
    const first = network.portal(asked);
    passTime(first?.delayMs);
    if (first === undefined || first.down) return ISDSC_CONNECTION_FAILED;
    const portal = first.redirectTo ?? asked;
    const reached = first.redirectTo ? network.portal(portal) : first;
    if (reached === undefined || reached.down) return ISDSC_CONNECTION_FAILED;
    const target = network.targetsAt(portal).find(each => sameName(each.targetName, request.targetName));
    if (target === undefined) return ISDSC_NOT_FOUND;
    const { chap, mutualChap, allowedInitiators, maximumSessions = Number.POSITIVE_INFINITY } = target;
    if (allowedInitiators && !allowedInitiators.some(name => sameName(name, nodeName)))
      return ISDSC_AUTHORIZATION_FAILURE;
    const status = authenticate(request, { chap, mutualChap, nodeName, machineSecret });
    if (status !== SUCCESS) return status;
    if (this.#machine.sessionsOf(target.targetName) >= maximumSessions) return ISDSC_TOO_MANY_SESSIONS;
    return { target, portal };
  }

  #isKnown(targetName: string): boolean {
    return this.#machine.discovery.known(targetName).length > 0;
  }

  #portalsOf(targetName: string): TargetPortal[] {
    const all = this.#machine.discovery.known(targetName).flatMap(({ portalGroups }) => portalGroups.flat());
    return all.filter((portal, index) => all.findIndex(each => samePortal(each, portal)) === index);
  }
}

function withoutPassword(entries: readonly PersistentLogin[]): SavedLogin[] {
  return entries.map(entry => ({ entry, password: null }));
}

const ANY_PORT = 0xffffffff;
const MULTIPATH_ENABLED = 'multipathEnabled';

function hasFlag({ loginFlags }: LoginOptions, flag: typeof MULTIPATH_ENABLED): boolean {
  // As it was read from the bytes that a call was given, it is a list of names.
  return Array.isArray(loginFlags) && loginFlags.includes(flag);
}
