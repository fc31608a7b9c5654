import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import {
  findSessions,
  logoutIScsiTarget,
  type SessionsRound,
  type WatchRound,
  waitForSession,
  watchSessions,
} from 'iscsidsc';
import type { InitiatorScenario } from '../scenario.js';
import type { Arrange, Declare } from '../subject.js';

const SECOND = 'ffffe00112345010-4000013700000001';

/** The functions with English names, while sessions end and their devices appear. */
export function sessionStateTasksContract(arrange: Arrange<InitiatorScenario>, rule: Declare): void {
  rule('a session is waited for until it is gone', async () => {
    const library = arrange({ sessions: 3 });
    let seen = false;
    const filter = { sessionId: SECOND };
    const gone = waitForSession(filter, { library, intervalMs: 1, timeoutMs: 20_000, until: 'gone' });
    gone.then(() => {
      seen = true;
    });
    while (library.calls < 5) await waitForSession(filter, { library });
    assert.equal(seen, false);
    await logoutIScsiTarget(SECOND, { library });
    assert.equal(await gone, null);
    assert.deepEqual(await findSessions(filter, { library }), []);
  });
  rule('devices are waited for until they are there', async () => {
    const library = arrange({ sessions: 3, devicesAfter: 100 });
    const options = { library, intervalMs: 10, timeoutMs: 20_000, until: 'devices' } as const;
    const { sessionId, devices } = await waitForSession({ sessionId: SECOND }, options);
    assert.deepEqual([sessionId, devices.length], [SECOND, 1]);
  });
  rule('a watch reports what a logout removed, and leaves nothing behind', async () => {
    const library = arrange({ sessions: 3 });
    const { signal } = new AbortController();
    const seen: unknown[] = [];
    for await (const round of watchSessions({ library, intervalMs: 1, signal })) {
      const { sessions, added, removed, changed } = answered(round);
      const tsids = [sessions, added, removed].map(list => list.map(({ tsid }) => tsid));
      seen.push([...tsids, changed.length]);
      if (removed.length > 0) break;
      await logoutIScsiTarget(SECOND, { library });
    }
    assert.deepEqual(seen, [
      [['0100', '0200', '0300'], ['0100', '0200', '0300'], [], 0],
      [['0100', '0300'], [], ['0200'], 0],
    ]);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    const { calls } = library;
    await new Promise(resolve => setTimeout(resolve, 50));
    assert.equal(library.calls, calls, 'it polls on');
  });
}

function answered(round: WatchRound): SessionsRound {
  if (round.error) assert.fail(String(round.error));
  return round;
}
