import type * as Iscsidsc from '../index.js';

// Until watchSessions yields rounds.
type Round<S = Iscsidsc.SessionInfo> = {
  sessions: S[];
  added: S[];
  removed: S[];
  changed: { before: S; after: S }[];
  first: boolean;
  error?: undefined;
};
export type WatchRound = Round | { error: Iscsidsc.IscsidscError };

export async function* watchSessions(
  iscsidsc: typeof Iscsidsc,
  {
    intervalMs,
    filter,
    ...options
  }: Iscsidsc.AsyncOptions & { signal: AbortSignal; intervalMs: number; filter?: Iscsidsc.SessionFilter },
): AsyncGenerator<WatchRound> {
  let known: Iscsidsc.SessionInfo[] | undefined;
  while (!options.signal.aborted) {
    try {
      const sessions = await (filter ? iscsidsc.findSessions(filter, options) : iscsidsc.getIScsiSessionList(options));
      const before = new Map(known?.map(s => [s.sessionId, s]));
      const ids = new Set(sessions.map(s => s.sessionId));
      const first = known === undefined;
      known = sessions;
      yield {
        sessions,
        first,
        added: sessions.filter(s => !before.has(s.sessionId)),
        removed: [...before.values()].filter(s => !ids.has(s.sessionId)),
        changed: sessions.flatMap(after => {
          const b = before.get(after.sessionId);
          return b && JSON.stringify(b) !== JSON.stringify(after) ? [{ before: b, after }] : [];
        }),
      };
    } catch (error) {
      if (options.signal.aborted) return;
      yield { error: error as Iscsidsc.IscsidscError };
    }
    await new Promise<void>(resolve => {
      const t = setTimeout(resolve, intervalMs);
      options.signal.addEventListener(
        'abort',
        () => {
          clearTimeout(t);
          resolve();
        },
        { once: true },
      );
    });
  }
}

export function pendingToday({ code, message }: { code?: unknown; message: string }): unknown {
  if (code !== 'ERR_ISCSIDSC_TIMEOUT') return undefined;
  return message.startsWith('No session') ? 'betweenAttempts' : 'running';
}
