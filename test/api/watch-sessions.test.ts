import { setTimeout as sleep } from 'node:timers/promises';
import { type SessionChange, watchSessions } from 'iscsidsc';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';

const [first, second] = exampleSessions(2);
if (!first || !second) throw new Error('no sessions');

describe('watchSessions', () => {
  it('tells what has changed of a session, before and after', async () => {
    using library = createSimulator({ sessions: [first] });
    const watch = watchSessions({ library, intervalMs: 1 });
    await watch.next();
    const after = { ...first, connections: [] };
    library.sessions = [after];
    expect(await watch.next()).toEqual({ done: false, value: { type: 'changed', before: first, after } });
    await watch.return?.();
  });

  it('merges what happens while the consumer is busy', async () => {
    using library = createSimulator({ sessions: [first] });
    const seen: SessionChange[] = [];
    for await (const change of watchSessions({ library, intervalMs: 1 })) {
      seen.push(change);
      if (seen.length === 2) break;
      // Comes, changes and goes: all of it unseen. What has changed in the end is one change.
      for (const sessions of [[first, second], [{ ...first, tsid: 'ffff' }, second], [{ ...first, tsid: 'aaaa' }]]) {
        library.sessions = sessions;
        await sleep(20);
      }
    }
    expect(seen).toEqual([
      { type: 'added', session: first },
      { type: 'changed', before: first, after: { ...first, tsid: 'aaaa' } },
    ]);
  });

  it('tells each error of a round, and goes on when the service is back', async () => {
    using library = createSimulator({ sessions: [first], behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } });
    const types: string[] = [];
    for await (const { type } of watchSessions({ library, intervalMs: 1 })) {
      types.push(type);
      if (types.length === 2) library.behaviour = {};
      if (type === 'added') break;
    }
    expect(types).toEqual(['error', 'error', 'added']);
  });

  it('gives no more of a round after its signal has fired', async () => {
    using library = createSimulator({ sessions: [first, second] });
    const controller = new AbortController();
    const seen: SessionChange[] = [];
    for await (const change of watchSessions({ library, signal: controller.signal })) {
      seen.push(change);
      controller.abort();
    }
    expect(seen).toEqual([{ type: 'added', session: first }]);
  });

  it('refuses wrong options at once', () => {
    expect(() => watchSessions({ intervalMs: 0 })).toThrow(/^intervalMs must be a whole number from 1/);
    expect(() => watchSessions({ every: 5 } as never)).toThrow(/must be one of charset, library, onWarning, signal/);
  });
});
