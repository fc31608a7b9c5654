import { setTimeout as sleep } from 'node:timers/promises';
import { runChecked } from '../api/call.js';
import { type AsyncOptions, type CheckedOptions, checkOptionsAnd, checkUnopened } from '../api/options.js';
import { sessionList } from '../api/sessions/session-list.js';
import { BOOLEAN } from '../arguments.js';
import type { SessionInfo } from '../codec/session-list.js';
import { type IscsidscError, isIscsidscError } from '../errors.js';
import { DEVICE_RETRY } from './describe-sessions.js';
import { runToDeadline } from './parts.js';
import { DeviceQueries, type SessionWithDevices } from './session-devices.js';
import {
  checkSessionFilter,
  FILTER,
  optionalSessionTest,
  type SessionFilter,
  type SessionTest,
} from './session-filter.js';
import { INTERVAL } from './wait-for-session.js';

/** What to watch. */
export interface WatchOptions extends AsyncOptions {
  /** Milliseconds from the end of a poll to the start of the next. Defaults to 2,000. */
  intervalMs?: number | undefined;
  /** Watches only the sessions that fit: one that no longer fits counts as removed. All sessions if left out. */
  filter?: SessionFilter | undefined;
  /** If true, each session has `devices` and `devicesError`, and a change of them is a change. Defaults to false. */
  devices?: boolean | undefined;
}

/** A session of which any member differs, its connections included. */
export interface SessionChange<Session extends SessionInfo = SessionInfo> {
  /** As it was in the last round that was answered. */
  before: Session;
  /** As it is in this round. */
  after: Session;
}

/** A poll that was answered. */
export interface SessionsRound<Session extends SessionInfo = SessionInfo> {
  /** All sessions that are watched, in the order of the initiator. */
  sessions: Session[];
  /** Those that were not there in the last answered round: in the first one, all of them. */
  added: Session[];
  /** Those of the last answered round that are no longer there, as they were then. */
  removed: Session[];
  /** Those that were there in the last answered round, and differ. */
  changed: SessionChange<Session>[];
  /** True for the first round that was answered. */
  first: boolean;
  /** Only a failed round has one. */
  error?: undefined;
}

/** A poll that failed. */
export interface FailedRound {
  /** What `getIScsiSessionList` would have rejected with. */
  error: IscsidscError;
}

/** What a poll found. Test `round.error` to tell the two apart. */
export type WatchRound<Session extends SessionInfo = SessionInfo> = SessionsRound<Session> | FailedRound;

/** The rounds of a watch. */
export interface SessionWatch<Session extends SessionInfo = SessionInfo>
  extends AsyncIterableIterator<WatchRound<Session>, undefined>,
    AsyncDisposable {
  /** Resolves with the next round. */
  next(): Promise<IteratorResult<WatchRound<Session>, undefined>>;
  /** Ends the watch at once, even while a native call hangs. */
  return(): Promise<IteratorResult<WatchRound<Session>, undefined>>;
  /** The same as `return()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
  /** Returns the watch itself. */
  [Symbol.asyncIterator](): this;
}

const POLL_CHECKS = { filter: FILTER, devices: BOOLEAN } as const;
const CHECKS = { intervalMs: INTERVAL, ...POLL_CHECKS } as const;
const INTERVAL_MS = 2000;

/**
 * Polls the session list and returns an async iterator of rounds. Every poll yields a round, even if nothing changed, no
 * session is left, or the poll failed. The first poll reports the current sessions. Later polls start `intervalMs`
 * (default 2,000) after the previous one finishes, and not before the next round is asked for. Changes between two polls
 * are merged.
 *
 * `timeoutMs` is for each round. A poll that fails yields its error, and the watch goes on. Errors that are not of this
 * package, such as one that `onWarning` throws, reject `next()` and end the watch. Leaving the loop ends it, and so does
 * `signal`, without an error. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw and, with `devices`,
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getdevicesforiscsisessionw
 */
export function watchSessions(options: WatchOptions & { devices: true }): SessionWatch<SessionWithDevices>;
/**
 * Watches the sessions without their devices, in every other respect as above.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export function watchSessions(options?: WatchOptions): SessionWatch;
export function watchSessions(options?: WatchOptions): SessionWatch {
  const { open, watch } = checkWatchOptions(options);
  return watchPolls({ ...watch, library: open().library }, pollSessions);
}

/** Checks the options, where `open` throws if the library cannot be loaded. */
export function checkWatchOptions(options: WatchOptions | undefined): { open(): CheckedOptions; watch: WatchOptions } {
  const { open, own } = checkUnopened<WatchOptions>(options, CHECKS);
  // A copy: the caller's filter can change between two polls.
  return { open, watch: { ...own, ...(own.filter && { filter: checkSessionFilter(own.filter) }) } };
}

/** What a poll asks for. */
export type PollOptions = Omit<WatchOptions, 'intervalMs'>;

/** Watches with checked options, and polls by a function: `pollSessions`, or that of another process. */
export function watchPolls(
  { intervalMs = INTERVAL_MS, signal, ...polled }: WatchOptions,
  poll: (options: PollOptions) => Promise<SessionInfo[]>,
): SessionWatch {
  const end = new AbortController();
  const rounds = roundsOf(() => poll({ ...polled, signal: end.signal }), intervalMs, end, signal);

  // A generator alone would first wait for the poll that is going on.
  const leave = () => {
    end.abort();
    return rounds.return(undefined);
  };
  return {
    next: () => rounds.next(),
    return: leave,
    async [Symbol.asyncDispose]() {
      await leave();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* roundsOf(
  poll: () => Promise<SessionInfo[]>,
  intervalMs: number,
  end: AbortController,
  outer: AbortSignal | undefined,
): AsyncGenerator<WatchRound, undefined> {
  if (outer?.aborted) return;
  const { signal } = end;
  const onAbort = () => end.abort();
  // Not before the first round is asked for: nothing would remove the listener of a watch that nobody iterates.
  outer?.addEventListener('abort', onAbort, { once: true });
  try {
    let known: SessionInfo[] | undefined;
    while (!signal.aborted) {
      let round: WatchRound;
      try {
        const sessions = await poll();
        round = roundBetween(known, sessions);
        // A copy: the sessions of a round belong to the caller, who may change them.
        known = structuredClone(sessions);
      } catch (error) {
        if (!signal.aborted && !isIscsidscError(error)) throw error;
        round = { error: error as IscsidscError };
      }
      if (signal.aborted) return;
      const nextPoll = performance.now() + intervalMs;
      yield round;
      await sleep(Math.max(0, nextPoll - performance.now()), undefined, { signal }).catch(() => {});
    }
  } finally {
    outer?.removeEventListener('abort', onAbort);
  }
}

/** The sessions that fit, with their devices if wanted. */
export async function pollSessions(options?: PollOptions): Promise<SessionInfo[]> {
  const { checked, own } = checkOptionsAnd<PollOptions>(options, POLL_CHECKS);
  const fits = optionalSessionTest(own.filter);
  if (own.devices) return await pollWithDevices(checked, fits);
  return (await runChecked(checked, sessionList)).filter(fits);
}

async function pollWithDevices(checked: CheckedOptions, fits: SessionTest): Promise<SessionWithDevices[]> {
  const devices = new DeviceQueries();
  let sessions: SessionInfo[] | undefined;
  const timeout = await runToDeadline(
    checked,
    function* () {
      sessions = (yield* sessionList(checked)).filter(fits);
      yield* devices.ask(checked, sessions, DEVICE_RETRY);
    },
    () => sessions !== undefined,
  );
  return (sessions ?? []).map(session => ({ ...session, ...devices.of(session.sessionId, timeout) }));
}

function roundBetween(known: readonly SessionInfo[] | undefined, sessions: SessionInfo[]): SessionsRound {
  const before = new Map(known?.map(session => [session.sessionId, session]));
  const ids = new Set(sessions.map(({ sessionId }) => sessionId));
  return {
    sessions,
    added: sessions.filter(({ sessionId }) => !before.has(sessionId)),
    removed: [...before.values()].filter(({ sessionId }) => !ids.has(sessionId)),
    changed: sessions.flatMap(after => {
      const was = before.get(after.sessionId);
      return was && JSON.stringify(was) !== JSON.stringify(after) ? [{ before: was, after }] : [];
    }),
    first: known === undefined,
  };
}
