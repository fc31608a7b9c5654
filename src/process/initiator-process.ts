import { fork as forkNode } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Check, checkMembers, wholeNumber } from '../arguments.js';
import type { SessionInfo } from '../codec/session-list.js';
import { AbortError, isOwnError } from '../errors.js';
import type { ConnectedTarget } from '../tasks/connect/connect-target.js';
import { checkWatchOptions, type SessionWatch, type WatchOptions, watchPolls } from '../tasks/watch-sessions.js';
import { ChildPool } from './child-pool.js';
import { disposed } from './end-errors.js';
import type { NodeChild, UtilityChild } from './forked-child.js';
import { type InitiatorFunctions, PUBLIC_NAMES } from './functions.js';
import type { RemoteConnection } from './messages.js';
import { RemoteCall, withRemains } from './remote-call.js';
import { libraryCannotCross, SentArguments } from './sent-arguments.js';

/** How to start and to end the process. */
export interface InitiatorProcessOptions {
  /**
   * Starts a child. Defaults to Node's `child_process.fork` with `serialization: 'advanced'`, which a function of your own
   * must pass, too. In Electron: `(file, { env }) => utilityProcess.fork(file, [], { env })`. It may start another file
   * than `file`, one that calls `serveInitiatorProcess()`.
   */
  fork?: ((file: string, options: { env: Record<string, string> }) => NodeChild | UtilityChild) | undefined;
  /** Environment variables of the child, beside those of this process. One that is undefined is left out. */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Milliseconds without a call after which the child ends. Defaults to 30,000; `Infinity` keeps it. */
  idleMs?: number | undefined;
  /** Milliseconds that a native call may go on after its caller has stopped waiting. Defaults to 1,000. */
  graceMs?: number | undefined;
}

/** Every async function of the package, in a process of its own. */
export type InitiatorProcess = InitiatorFunctions &
  AsyncDisposable & {
    /**
     * Ends the process at once, and resolves when it is gone. Calls that run, and later ones, reject with
     * `ERR_ISCSIDSC_DISPOSED`; a watch ends. The same as `await using`.
     */
    dispose(): Promise<void>;
  };

const LONGEST_MS = 2 ** 31 - 1;
const isDuration = wholeNumber(LONGEST_MS)[1];
const CHECKS: Readonly<Record<keyof InitiatorProcessOptions, Check>> = {
  fork: ['a function', value => typeof value === 'function'],
  env: ['an object of strings', isEnvironment],
  idleMs: [
    `a whole number from 0 to ${LONGEST_MS}, or Infinity`,
    value => value === Number.POSITIVE_INFINITY || isDuration(value),
  ],
  graceMs: wholeNumber(LONGEST_MS),
};
const IDLE_MS = 30_000;
const GRACE_MS = 1000;

// Of the child, so that `iscsidsc/simulate` says nothing again.
const IN_CHILD = 'ISCSIDSC_INITIATOR_PROCESS';

// Nothing but native calls needs these threads.
const POOL_SIZE = '16';

/**
 * Returns the functions of the package, made in a child process. There a native call that hangs can be ended: when
 * `timeoutMs` ends or `signal` fires and the call has not returned `graceMs` later, the child is killed and another one
 * takes its place. Calls that only read are made again there; any other rejects with `ERR_ISCSIDSC_PROCESS_ENDED` and a
 * `pending` of `'running'`. What Windows was asked to do may still happen. A crash in a DLL ends the child alone, and its
 * calls reject with the same code.
 *
 * The child starts with the first call, ends after `idleMs` without one, and never outlives this process. Options and
 * results are copied; functions such as `onProgress` are called here, a moment later. The option `library` is refused:
 * serve one with `serveInitiatorProcess`. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`.
 */
export function createInitiatorProcess(options?: InitiatorProcessOptions): InitiatorProcess {
  const { fork = forkChild, env = {}, idleMs = IDLE_MS, graceMs = GRACE_MS } = checkMembers('options', options, CHECKS);
  const childEnv = { UV_THREADPOOL_SIZE: POOL_SIZE, ...process.env, ...env, [IN_CHILD]: '1' };
  const pool = new ChildPool(() => fork(childFile(), { env: withoutUndefined(childEnv) }), { graceMs, idleMs });
  const disposal = new AbortController();

  const begin = (name: string, args: readonly unknown[]): RemoteCall => {
    if (pool.isDisposed) throw disposed('notStarted');
    const sent = new SentArguments(name, args);
    if (sent.signal?.aborted) throw new AbortError(sent.signal.reason, 'notStarted');
    const remote = new RemoteCall(name, sent);
    pool.take(remote);
    return remote;
  };
  const call = async (name: string, args: readonly unknown[]): Promise<unknown> => await answer(begin(name, args));

  const functions = Object.fromEntries(PUBLIC_NAMES.map(name => [name, (...args: unknown[]) => call(name, args)]));
  const dispose = async () => {
    disposal.abort();
    await pool.dispose();
  };
  const connectTarget: InitiatorFunctions['connectTarget'] = async (...args) => {
    const remote = begin('connectTarget', args);
    const connected = (await remoteResult(remote)) as ConnectedTarget;
    const { targetName, created } = connected;
    const connection: RemoteConnection = { targetName, created, connection: remote.id };
    const undo = async () => {
      await call('undoConnection', [connection]);
    };
    // It was done before it could be told that onProgress had thrown.
    if (remote.thrown) throw await undoneFor(remote.thrown.error, undo);
    return withUndo(connected, undo);
  };
  const watchSessions = (watchOptions?: WatchOptions): SessionWatch => {
    const { watch } = checkWatchOptions(watchOptions);
    if (watch.library) throw libraryCannotCross();
    if (pool.isDisposed) throw disposed('notStarted');
    const signal = AbortSignal.any([disposal.signal, ...(watch.signal ? [watch.signal] : [])]);
    return watchPolls({ ...watch, signal }, poll => call('pollSessions', [poll]) as Promise<SessionInfo[]>);
  };
  const own = { connectTarget, watchSessions, dispose, [Symbol.asyncDispose]: dispose };
  return { ...functions, ...own } as unknown as InitiatorProcess;
}

async function answer(remote: RemoteCall): Promise<unknown> {
  const result = await remoteResult(remote);
  if (remote.thrown) throw remote.thrown.error;
  return result;
}

/** What the call resolves with. What it rejects with has the stack of the callers that await it. */
async function remoteResult(remote: RemoteCall): Promise<unknown> {
  try {
    return await remote.promise;
  } catch (error) {
    if (isOwnError(error) && Object.isExtensible(error)) Error.captureStackTrace(error, remoteResult);
    throw error;
  }
}

async function undoneFor(thrown: unknown, undo: () => Promise<void>): Promise<unknown> {
  try {
    await undo();
  } catch (error) {
    return withRemains(thrown, Object(error));
  }
  return withRemains(thrown, { created: { portals: [], sessions: [], persistentLogins: [] } });
}

function withUndo(connected: ConnectedTarget, undo: () => Promise<void>): ConnectedTarget {
  return Object.defineProperties(connected, {
    undo: { value: undo },
    [Symbol.asyncDispose]: { value: undo },
  });
}

function childFile(): string {
  return fileURLToPath(new URL('./process-child.js', import.meta.url));
}

function forkChild(file: string, { env }: { env: Record<string, string> }): NodeChild {
  return forkNode(file, { env, serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

function withoutUndefined(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function isEnvironment(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(each => each === undefined || typeof each === 'string');
}
