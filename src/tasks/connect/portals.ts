import type { TargetPortal } from '../../api/portals/portal.js';
import { addPortal, refreshPortal, reportedPortal, type WhichPortal } from '../../api/portals/portal-changes.js';
import { type SendTargetPortal, sendTargetPortals } from '../../api/portals/send-target-portals.js';
import { sameName } from '../../api/targets/target-name.js';
import { targetPortals } from '../../api/targets/target-portals.js';
import { StatusError } from '../../errors.js';
import { samePortal } from '../../portal.js';
import { isStatus } from '../removal.js';
import { MadePortal } from './made.js';
import { PortalPlace } from './portal-place.js';
import { Registration } from './registration.js';
import type { TaskDeadline } from './task-deadline.js';
import type { ConnectWork } from './work.js';

/** A way to the target. */
export interface Path {
  /** Where its session is. Null for a portal that Windows chooses. */
  readonly place: PortalPlace | null;
  /** The portal to log in at. */
  readonly portal: TargetPortal | null;
  /** It could not be registered: a session there is used, but no login is tried. */
  readonly hasFailed: boolean;
}

/** Registers the portals that were given, lets the target be discovered, and returns the ways to it. */
export async function findPaths(work: ConnectWork): Promise<Path[]> {
  const { deadline, request } = work;
  if (request.portals === undefined) {
    const known = (await knownPortals(work)) ?? [];
    // Whether the target is not known, or has no portal, is what the login says.
    if (known.length === 0) return [{ place: null, portal: null, hasFailed: false }];
    return distinct(known.map(portal => ({ place: new PortalPlace(portal), portal, hasFailed: false })));
  }
  const existing: SendTargetPortal[] = [];
  const places: { place: PortalPlace; hasFailed: boolean }[] = [];
  for (const portal of request.portals) {
    const place = await deadline.wait(PortalPlace.of(portal));
    // Each time: the portal before can have taken a minute.
    const registered = await registeredPortals(deadline);
    const found = registered.find(each => place.isAt(each.address, each.socket) && isForInitiator(work, each));
    if (found) existing.push(found);
    places.push({ place, hasFailed: !(await usePortal(work, portal, found !== undefined)) });
  }
  const known = await discover(work, existing);
  return distinct(
    places.map(({ place, hasFailed }) => ({
      place,
      hasFailed,
      // Windows knows the portals of a target by their addresses, where a name was given.
      portal: known.find(({ address, socket }) => place.isAt(address, socket)) ?? place.portal,
    })),
  );
}

/** Those that are registered, also by another call meanwhile. */
async function registeredPortals(deadline: TaskDeadline): Promise<SendTargetPortal[]> {
  for (;;) {
    const ended = Registration.ended(deadline.library);
    const registered = await deadline.read(sendTargetPortals);
    if (ended === Registration.ended(deadline.library)) return registered;
  }
}

/** Without those that lead to the portal of one before: a name and its address are one portal. */
function distinct<Way extends Path & { readonly portal: TargetPortal }>(paths: readonly Way[]): Way[] {
  return paths.filter((path, index) => {
    const before = paths.slice(0, index).filter(each => !each.hasFailed || path.hasFailed);
    return !before.some(({ portal }) => samePortal(portal, path.portal));
  });
}

/** A portal that is registered for another HBA instance alone finds nothing for this one. */
function isForInitiator({ request: { initiatorInstance } }: ConnectWork, { initiatorName }: SendTargetPortal): boolean {
  return initiatorInstance === null || initiatorName === '' || sameName(initiatorName, initiatorInstance);
}

/** Returns whether the portal is registered. */
async function usePortal(work: ConnectWork, portal: TargetPortal, isRegistered: boolean): Promise<boolean> {
  const { initiatorInstance: instance, initiatorPortNumber: port } = work.request;
  const which = { portal, instance, port };
  if (isRegistered && !Registration.of(work.deadline.library, which)) {
    work.tell('portal', 'existing', { portal });
    return true;
  }
  work.tell('portal', 'started', { portal });
  try {
    const registration = await joinOthers(work, which);
    if (registration) await register(work, which, registration);
  } catch (error) {
    work.failed('portal', portal, error);
    return false;
  }
  work.tell('portal', 'done', { portal });
  return true;
}

/** Waits for another call that registers the portal. If there is none, or it fails, returns one that has begun. */
async function joinOthers(work: ConnectWork, which: WhichPortal): Promise<Registration | undefined> {
  const { library } = work.deadline;
  for (;;) {
    const registration = Registration.of(library, which);
    if (registration === undefined) return Registration.begin(library, which);
    const made = new MadePortal(which, registration);
    work.created.add(made);
    if (await work.deadline.wait(registration.outcome)) return undefined;
    work.created.drop(made);
    registration.users.delete(made);
  }
}

async function register(work: ConnectWork, which: WhichPortal, registration: Registration): Promise<void> {
  let isRegistered = false;
  try {
    await work.make(new MadePortal(which, registration), checked => addPortal(checked, which, {}, 'always'));
    isRegistered = true;
  } finally {
    registration.end(isRegistered);
  }
}

/** Asks the portals that were registered before, if the target is not known. Returns the portals of the target. */
async function discover(work: ConnectWork, existing: readonly SendTargetPortal[]): Promise<TargetPortal[]> {
  const known = await knownPortals(work);
  if (known !== null) return known;
  for (const listed of existing) {
    const which = reportedPortal(listed);
    const { portal } = which;
    work.tell('discover', 'started', { portal });
    try {
      await work.deadline.read(checked => refreshPortal(checked, which));
    } catch (error) {
      // The target can be behind another one. If it is not, the login says so.
      if (!(error instanceof StatusError)) throw error;
      work.tell('discover', 'failed', { portal, error });
      continue;
    }
    work.tell('discover', 'done', { portal });
  }
  return existing.length === 0 ? [] : ((await knownPortals(work)) ?? []);
}

/** The portals that Windows knows for the target. Null if it does not know the target. */
async function knownPortals({ deadline, request: { targetName } }: ConnectWork): Promise<TargetPortal[] | null> {
  try {
    return await deadline.read(checked => targetPortals(checked, targetName, {}));
  } catch (error) {
    if (isStatus(error, 'ISDSC_TARGET_NOT_FOUND')) return null;
    throw error;
  }
}
