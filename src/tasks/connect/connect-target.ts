import type { DeviceOnSession } from '../../api/devices/device.js';
import { type AsyncOptions, checkAsyncOptions, checkOptionsAnd } from '../../api/options.js';
import { type StartProgress, startService } from '../../api/service/start-service.js';
import { type Check, wholeNumber } from '../../arguments.js';
import { isOwnError } from '../../errors.js';
import type { SessionVolume } from '../disk-volumes.js';
import type { MissingPart } from '../parts.js';
import { type CreatedConnection, CreatedThings, plainReason } from './created.js';
import { waitForDevices } from './devices.js';
import { madeOf } from './made.js';
import { findPaths } from './portals.js';
import { type ConnectTarget, checkConnectTarget } from './request.js';
import { type ConnectedSession, findSessions, knownSessions, saveLogin } from './sessions.js';
import { TaskDeadline } from './task-deadline.js';
import { Turn } from './turn.js';
import { findVolumes } from './volumes.js';
import { type ConnectProgress, ConnectWork, type FailedPortal } from './work.js';

/** How to connect. */
export interface ConnectOptions extends AsyncOptions {
  /** Called when a step begins and when it ends. What it throws ends the task, which is undone then. */
  onProgress?: ((progress: ConnectProgress) => void) | undefined;
  /**
   * Milliseconds to wait for the disks after the login. Defaults to 30,000. With 0, it returns those that are there. The
   * volumes on them are waited for, too, but at most two seconds, because a disk may have none.
   */
  waitMs?: number | undefined;
}

/** A target that is connected. */
export interface ConnectedTarget extends AsyncDisposable {
  /** As it was given. */
  readonly targetName: string;
  /** The sessions, new ones and those that were there. */
  readonly sessions: ConnectedSession[];
  /** The disks, each once: that of the LUN that was given, else all. */
  readonly devices: DeviceOnSession[];
  /** The volumes on these disks, with their drive letters. Null if they could not be listed: that undoes nothing. */
  readonly volumes: SessionVolume[] | null;
  /** Why `volumes` is null, else null. */
  readonly volumesError: MissingPart | null;
  /** The portals that did not work, while another one did. */
  readonly failed: FailedPortal[];
  /** What was made. */
  readonly created: CreatedConnection;
  /**
   * Removes what was made, in reverse order, and leaves what was there before. Another call joins the one that runs, and
   * does nothing once all is removed. Rejects if something cannot be removed, for example with
   * `ISDSC_DEVICE_BUSY_ON_SESSION` while a disk is in use: `created` of the error says what is left, `undoErrors` why.
   * Then another call tries again.
   */
  undo(): Promise<void>;
  /** The same as `undo()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

const CHECKS: Readonly<Record<'onProgress' | 'waitMs', Check>> = {
  onProgress: ['a function', value => typeof value === 'function'],
  waitMs: wholeNumber(2 ** 31 - 1),
};
const WAIT_MS = 30_000;

/**
 * How long a native call that makes something is waited for when the signal fires or the time ends. Windows cannot
 * cancel it, and what it makes is to be undone.
 */
const GRACE_MS = 30_000;

/**
 * Connects to a target: registers its portals, logs in, waits for the disks, with `persistent` saves the login, and
 * finds the volumes on the disks. What is there already is used and not made twice, so that it can be called again at
 * any time.
 *
 * With `multipath` there is a session through each portal, and one that fails is in `failed`. Without, the portals are
 * tried in order until one works. A session that is there is used then, also one through another portal, because
 * Windows allows no second one. Informational sessions do not count.
 *
 * Rejects with the errors of the step that failed: those of `addIScsiSendTargetPortal` and `loginIScsiTarget`, of the
 * last portal if none works (`failed` has all). With `ERR_ISCSIDSC_NO_LUN` if the target has no LUN for this initiator,
 * with `ERR_ISCSIDSC_NO_MULTIPATH` if a disk is there twice, and with `ERR_ISCSIDSC_TIMEOUT` if the disks do not appear.
 *
 * When a step fails, the signal fires or `timeoutMs` ends, what this call has made is undone, and then it rejects. A
 * login that runs at this moment is waited for, up to 30 seconds. If it still runs then, it rejects with a `pending` of
 * `'running'`, and all is undone once the login has returned. `created` of the error says what is left, and `undoErrors`
 * why it could not be removed.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-addiscsisendtargetportalw and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-loginiscsitargetw and
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getdevicesforiscsisessionw and
 * https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-findfirstvolumew
 */
export async function connectTarget(target: ConnectTarget, options?: ConnectOptions): Promise<ConnectedTarget> {
  const { checked, own } = checkOptionsAnd<ConnectOptions>(options, CHECKS);
  const request = checkConnectTarget(checked, target);
  const created = new CreatedThings(checked);
  const deadline = new TaskDeadline(checked, GRACE_MS);
  const work = new ConnectWork(request, deadline, created, own.onProgress);
  const turn = new Turn(checked.library, request.targetName);
  try {
    await deadline.wait(turn.come);
    if (request.startsService) await runService(work);
    return await connect(work, own.waitMs ?? WAIT_MS);
  } catch (error) {
    throw await undone(work, error);
  } finally {
    turn.end();
    deadline.close();
    request.secret?.fill(0);
  }
}

/** Undoes what a result of `connectTarget` names, where the result itself is in another process. */
export async function undoConnection(
  { targetName, created }: Pick<ConnectedTarget, 'targetName' | 'created'>,
  options?: AsyncOptions,
): Promise<void> {
  const things = new CreatedThings(checkAsyncOptions(options));
  for (const made of madeOf(created, targetName)) things.add(made);
  await undoAll(things);
}

async function runService(work: ConnectWork): Promise<void> {
  work.tell('service', 'started');
  const progress: StartProgress = { done: { started: false, changedStartType: false }, lastState: undefined };
  // A service that starts goes on starting: nothing is to be waited for.
  await work.deadline.read(checked => startService(checked, {}, progress));
  work.tell('service', progress.done.started ? 'done' : 'existing');
}

async function connect(work: ConnectWork, waitMs: number): Promise<ConnectedTarget> {
  const { request, created, deadline } = work;
  const paths = await findPaths(work);
  const known = await knownSessions(work);
  const sessions = await findSessions(work, paths, known);
  work.tell('devices', 'started');
  const devices = await waitForDevices(work, sessions, known, waitMs);
  work.tell('devices', 'done');
  // Last, because a login that leads to no disk is not worth saving.
  if (request.isPersistent) for (const session of sessions) await saveLogin(work, session);
  const { volumes, volumesError } = await findVolumes(work, sessions, devices, waitMs);
  deadline.throwIfEnded();
  const { targetName } = request;
  const failed = work.failedPortals;
  return new Connected(
    { targetName, sessions, devices, volumes, volumesError, failed, created: created.left },
    created,
  );
}

/** Undoes what was made, and returns the error with what is left. */
async function undone(work: ConnectWork, error: unknown): Promise<unknown> {
  const { created } = work;
  let reason = error;
  const telling = (tell: () => void) => {
    try {
      tell();
    } catch (thrown) {
      // It was told the error that it replaces.
      reason = thrown;
    }
  };
  telling(() => work.tellFailure(error));
  if (created.isWaiting) {
    created.undoLater();
    return withRemains(reason, created, [], work.failedPortals);
  }
  const isSomething = !created.isEmpty;
  if (isSomething) telling(() => work.tell('undo', 'started', { error }));
  const errors = await created.undo();
  const status = errors.length === 0 ? 'done' : 'failed';
  if (isSomething) telling(() => work.tell('undo', status, { error: errors[0] }));
  return withRemains(reason, created, errors, work.failedPortals);
}

function withRemains(
  error: unknown,
  created: CreatedThings,
  undoErrors: readonly unknown[],
  failed: readonly FailedPortal[] = [],
): unknown {
  // Also one that is not of this package: nothing else says what is left.
  if (!(error instanceof Error) || !Object.isExtensible(error)) return error;
  if (isOwnError(error)) Error.captureStackTrace(error, connectTarget);
  return Object.assign(error, {
    created: created.left,
    ...(undoErrors.length > 0 && { undoErrors: undoErrors.map(plainReason) }),
    ...(failed.length > 0 && { failed }),
  });
}

async function undoAll(things: CreatedThings): Promise<void> {
  const errors = await things.undo();
  if (errors.length === 0) return;
  const [error] = errors;
  // Calls that have joined share the error.
  throw isOwnError(error) && 'undoErrors' in error ? error : withRemains(error, things, errors);
}

type Data = Omit<ConnectedTarget, 'undo' | typeof Symbol.asyncDispose>;

class Connected implements ConnectedTarget {
  declare readonly targetName: string;
  declare readonly sessions: ConnectedSession[];
  declare readonly devices: DeviceOnSession[];
  declare readonly volumes: SessionVolume[] | null;
  declare readonly volumesError: MissingPart | null;
  declare readonly failed: FailedPortal[];
  declare readonly created: CreatedConnection;
  readonly #things: CreatedThings;

  constructor(data: Data, things: CreatedThings) {
    Object.assign(this, data);
    this.#things = things;
    // Also for who takes the result apart: const { devices, undo } = ...
    Object.defineProperty(this, 'undo', { value: this.undo.bind(this) });
  }

  async undo(): Promise<void> {
    await undoAll(this.#things);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.undo();
  }
}
