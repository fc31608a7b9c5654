import { setTimeout as sleep } from 'node:timers/promises';
import { runChecked } from '../api/call.js';
import { type CheckedOptions, checkAsyncOptions } from '../api/options.js';
import { sessionList } from '../api/sessions/session-list.js';
import type { SessionInfo } from '../codec/session-list.js';
import { INTERVAL_CHECKS, type WaitOptions } from './find-sessions.js';

/**
 * What has happened to a session since the round before, or why a round has failed: `type` tells which. A session is
 * `'changed'` when any member differs, its connections included.
 */
export type SessionChange =
  | { type: 'added'; session: SessionInfo }
  | { type: 'removed'; session: SessionInfo }
  | { type: 'changed'; before: SessionInfo; after: SessionInfo }
  | { type: 'error'; error: unknown };

const INTERVAL_MS = 2000;

/**
 * The changes of the session list, round after round: the first gives what is there. A round begins `intervalMs` (2,000
 * if left out) after the changes of the one before have been taken, so that rounds do not overlap, and what happens
 * meanwhile is merged. A round that fails gives its error and does not end the watch; `timeoutMs` is for each round.
 * Leaving the loop ends it, and so does the signal, without an error.
 * Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`.
 *
 * Calls https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export function watchSessions(options?: WaitOptions): AsyncIterableIterator<SessionChange> {
  const end = new AbortController();
  const { signal: outer } = options ?? {};
  const checked = checkAsyncOptions(options, INTERVAL_CHECKS);
  const onAbort = () => end.abort();
  if (outer?.aborted) end.abort();
  outer?.addEventListener('abort', onAbort, { once: true });
  const changes = rounds(
    { ...checked, deadline: { ...checked.deadline, signal: end.signal } },
    options?.intervalMs ?? INTERVAL_MS,
    end.signal,
  );
  const leave = () => {
    outer?.removeEventListener('abort', onAbort);
    end.abort();
  };
  return {
    async next() {
      const result = await changes.next();
      if (result.done) leave();
      return result;
    },
    // A generator alone would first wait for the round that is going on.
    return() {
      leave();
      return changes.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

async function* rounds(
  checked: CheckedOptions,
  intervalMs: number,
  signal: AbortSignal,
): AsyncGenerator<SessionChange, undefined> {
  let known = new Map<string, SessionInfo>();
  while (!signal.aborted) {
    try {
      const sessions = await runChecked(checked, sessionList);
      const now = new Map(sessions.map(session => [session.sessionId, session]));
      for (const change of changesBetween(known, now)) {
        yield change;
        if (signal.aborted) return;
      }
      known = now;
    } catch (error) {
      if (signal.aborted) return;
      yield { type: 'error', error };
    }
    await sleep(intervalMs, undefined, { signal }).catch(() => {});
  }
}

function* changesBetween(
  known: ReadonlyMap<string, SessionInfo>,
  now: ReadonlyMap<string, SessionInfo>,
): Generator<SessionChange> {
  for (const [id, session] of known) {
    if (!now.has(id)) yield { type: 'removed', session };
  }
  for (const [id, session] of now) {
    const before = known.get(id);
    if (before === undefined) yield { type: 'added', session };
    else if (JSON.stringify(before) !== JSON.stringify(session)) yield { type: 'changed', before, after: session };
  }
}
