import { persistentLogins as loginList, type PersistentLogin } from '../api/logins/persistent-logins.js';
import { type AsyncOptions, type CheckedOptions, checkOptionsAnd } from '../api/options.js';
import type { TargetPortal } from '../api/portals/portal.js';
import { sessionList } from '../api/sessions/session-list.js';
import { targetInformation } from '../api/targets/target-information.js';
import { FORCE_UPDATE, type ForceUpdate, targetList } from '../api/targets/target-list.js';
import { nameKey } from '../api/targets/target-name.js';
import { targetPortals } from '../api/targets/target-portals.js';
import type { PausingProcedure, Procedure } from '../call/procedure.js';
import type { SessionInfo } from '../codec/session-list.js';
import { type IscsidscError, isIscsidscError } from '../errors.js';
import { type MissingPart, Part, runToDeadline } from './parts.js';
import { stateOfSession } from './session-filter.js';
import { checkTargetName, targetOfSession } from './target-name.js';

/** What the initiator knows of a target. A part whose call failed is null, with the reason beside it. */
export interface TargetDescription {
  /** As Windows writes it. */
  targetName: string;
  /** Whether Windows lists it. If not, only a session or a persistent login still names it. */
  isDiscovered: boolean;
  /** Whether one of its sessions has a connection. Null if `sessions` is. */
  isConnected: boolean | null;
  /** Text that the target gives itself. Also null if it has none; `targetAliasError` tells. */
  targetAlias: string | null;
  /** Why the call for `targetAlias` failed, else null. */
  targetAliasError: MissingPart | null;
  /** How it was found, as `getIScsiTargetInformation` returns it. Empty if it is not discovered. */
  discoveryMechanisms: string[] | null;
  /** Why `discoveryMechanisms` is null, else null. */
  discoveryMechanismsError: MissingPart | null;
  /** Where it listens, as `reportIScsiTargetPortals` returns it. Empty if it is not discovered. */
  portals: TargetPortal[] | null;
  /** Why `portals` is null, else null. */
  portalsError: MissingPart | null;
  /** Its sessions. */
  sessions: SessionInfo[] | null;
  /** Why `sessions` is null, else null. */
  sessionsError: MissingPart | null;
  /** The logins that Windows makes when it starts. */
  persistentLogins: PersistentLogin[] | null;
  /** Why `persistentLogins` is null, else null. */
  persistentLoginsError: MissingPart | null;
}

/** How to describe targets. */
export interface DescribeTargetsOptions extends AsyncOptions, ForceUpdate {}

/**
 * Returns the targets with their portals, sessions and persistent logins. Besides those that Windows lists, it returns
 * those that only a session or a persistent login still names: Windows retries the login to a target that is gone
 * forever. Names that differ in case alone are one target. Makes one call at a time.
 *
 * When `timeoutMs` ends after the list of targets was received, resolves with what is there: each missing part is null,
 * and its error says how far it had come. Rejects with the errors of `reportIScsiTargets` if the list itself cannot be
 * received, with those of `getIScsiSessionList` and `reportIScsiPersistentLogins` if there is no target without them,
 * and with an `AbortError` when `signal` fires.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsitargetsw and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsipersistentloginsw and, for each target,
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsitargetportalsw and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsitargetinformationw
 */
export async function describeTargets(options?: DescribeTargetsOptions): Promise<TargetDescription[]> {
  const { checked, own } = checkOptionsAnd<DescribeTargetsOptions>(options, FORCE_UPDATE);
  return await descriptions(checked, own, () => true);
}

/**
 * Returns one target as `describeTargets` does, or null if nothing names it: neither the list of targets nor a session nor a
 * persistent login. The name is compared case-insensitively. Rejects with the errors of `describeTargets`.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsitargetsw and the others that
 * `describeTargets` calls.
 */
export async function describeTarget(
  targetName: string,
  options?: DescribeTargetsOptions,
): Promise<TargetDescription | null> {
  const { checked, own } = checkOptionsAnd<DescribeTargetsOptions>(options, FORCE_UPDATE);
  checkTargetName(checked, targetName);
  const wanted = nameKey(targetName);
  const [description = null] = await descriptions(checked, own, key => key === wanted);
  return description;
}

async function descriptions(
  checked: CheckedOptions,
  forceUpdate: ForceUpdate,
  fits: (key: string) => boolean,
): Promise<TargetDescription[]> {
  const sessions = new Part<SessionInfo[]>('the sessions');
  const logins = new Part<PersistentLogin[]>('the persistent logins');
  const targets = new KnownTargets(fits);
  let listed = false;
  const timeout = await runToDeadline(
    checked,
    function* () {
      for (const name of yield* targetList(checked, forceUpdate)) targets.of(name, true);
      listed = true;
      yield* logins.ask(() => loginList(checked));
      for (const login of logins.value ?? []) targets.of(login.targetName)?.logins.push(login);
      yield* sessions.ask(() => sessionList(checked));
      for (const session of sessions.value ?? []) targets.of(targetOfSession(session))?.sessions.push(session);
      for (const target of targets.all) yield* target.ask(checked);
    },
    () => listed,
  );
  const unknown = logins.reason(timeout) ?? sessions.reason(timeout);
  if (unknown !== undefined && targets.all.length === 0) {
    Error.captureStackTrace(unknown, descriptions);
    throw unknown;
  }
  return targets.all.map(target => target.describe(logins, sessions, timeout));
}

/** Targets by name, in the order in which they are named. */
class KnownTargets {
  readonly #byKey = new Map<string, KnownTarget>();
  readonly #fits: (key: string) => boolean;

  constructor(fits: (key: string) => boolean) {
    this.#fits = fits;
  }

  get all(): readonly KnownTarget[] {
    return [...this.#byKey.values()];
  }

  /** The target of that name. Undefined if there is no name, or if it is not to be described. */
  of(name: string | null, isDiscovered = false): KnownTarget | undefined {
    if (name === null || !this.#fits(nameKey(name))) return undefined;
    const target = this.#byKey.get(nameKey(name)) ?? new KnownTarget(name, isDiscovered);
    this.#byKey.set(nameKey(name), target);
    return target;
  }
}

class KnownTarget {
  readonly logins: PersistentLogin[] = [];
  readonly sessions: SessionInfo[] = [];
  readonly #targetName: string;
  readonly #isDiscovered: boolean;
  readonly #portals = new Part<TargetPortal[]>('its portals');
  readonly #mechanisms = new Part<string[]>('its discovery mechanisms');
  readonly #alias = new Part<string | null>('its alias');

  constructor(targetName: string, isDiscovered: boolean) {
    this.#targetName = targetName;
    this.#isDiscovered = isDiscovered;
  }

  *ask(checked: CheckedOptions): PausingProcedure<void> {
    // Windows would answer that it does not know the target.
    if (!this.#isDiscovered) return;
    const [targetName, mechanisms] = [this.#targetName, this.#mechanisms];
    yield* this.#portals.ask(() => targetPortals(checked, targetName, {}));
    yield* mechanisms.ask(() => targetInformation(checked, targetName, 'discoveryMechanisms', {}));
    yield* this.#alias.ask(() => aliasOf(checked, targetName, mechanisms));
  }

  describe(logins: Part<unknown>, sessions: Part<unknown>, timeout: IscsidscError | undefined): TargetDescription {
    const known = sessions.value === null ? null : this.sessions;
    const asked = this.#isDiscovered;
    const none = asked ? null : [];
    return {
      targetName: this.#targetName,
      isDiscovered: asked,
      isConnected: known?.some(session => stateOfSession(session) === 'connected') ?? null,
      targetAlias: this.#alias.value,
      targetAliasError: asked ? this.#alias.missing(timeout) : null,
      discoveryMechanisms: this.#mechanisms.value ?? none,
      discoveryMechanismsError: asked ? this.#mechanisms.missing(timeout) : null,
      portals: this.#portals.value ?? none,
      portalsError: asked ? this.#portals.missing(timeout) : null,
      sessions: known,
      sessionsError: sessions.missing(timeout),
      persistentLogins: logins.value === null ? null : this.logins,
      persistentLoginsError: logins.missing(timeout),
    };
  }
}

/** Windows keeps one for each way in which the target was found: the first that is not empty. */
function* aliasOf(checked: CheckedOptions, targetName: string, mechanisms: Part<string[]>): Procedure<string | null> {
  let failed = mechanisms.reason(undefined);
  for (const discoveryMechanism of mechanisms.value ?? []) {
    try {
      const alias = yield* targetInformation(checked, targetName, 'targetAlias', { discoveryMechanism });
      if (alias !== '') return alias;
    } catch (error) {
      if (!isIscsidscError(error)) throw error;
      failed ??= error;
    }
  }
  if (failed !== undefined) throw failed;
  return null;
}
