import assert from 'node:assert/strict';
import {
  describeSessions,
  findSessions,
  formatUniqueId,
  getDevicesForIScsiSession,
  getIScsiSessionList,
  getIScsiSessionListSync,
  parseUniqueId,
  waitForSession,
  watchSessions,
} from 'iscsidsc';
import { assertSessions } from '../../fuzz/shape.js';
import type { Declare, Open } from '../subject.js';
import { sameInAllWays } from './same.js';
import { steadily, untilNotBusy } from './steady.js';

// A machine can have hundreds; a few tell as much.
const FEW = 10;

/** What is promised of the sessions that are there, whatever they are. */
export function anySessionsContract(open: Open, rule: Declare): void {
  rule('the sessions are the same in all four ways, with all members in their formats', async () => {
    const library = open();
    const list = () => sameInAllWays(library, getIScsiSessionList, getIScsiSessionListSync);
    assertSessions(await steadily(library, list));
  });

  rule('ids are unique, and the same after parsing and formatting', () => {
    const sessions = getIScsiSessionListSync({ library: open() });
    const sessionIds = sessions.map(({ sessionId }) => sessionId);
    const connectionIds = sessions.flatMap(({ connections }) => connections.map(({ connectionId }) => connectionId));
    for (const ids of [sessionIds, connectionIds]) {
      assert.equal(new Set(ids).size, ids.length);
      for (const id of ids) assert.equal(formatUniqueId(parseUniqueId(id.toUpperCase())), id);
    }
  });

  rule('each session is found by its id, its names, its portals and its state', async () => {
    const library = open();
    await steadily(library, async sessions => {
      for (const session of sessions.slice(0, FEW)) {
        const { sessionId, targetName, initiatorName, connections } = session;
        assert.deepEqual(await findSessions({ sessionId: sessionId.toUpperCase() }, { library }), [session]);
        const filters = [
          { state: connections.length > 0 ? ('connected' as const) : ('reconnecting' as const) },
          ...(targetName ? [{ targetName: inCapitals(targetName) }] : []),
          ...(initiatorName ? [{ initiatorName: inCapitals(initiatorName) }] : []),
          ...connections.flatMap(({ targetAddress, targetSocket }) =>
            targetAddress ? [{ targetAddress, targetSocket }] : [],
          ),
        ];
        for (const filter of filters) {
          const found = (await findSessions(filter, { library })).map(each => each.sessionId);
          assert.ok(found.includes(sessionId), JSON.stringify(filter));
        }
      }
    });
  });

  rule('each session is connected or reconnecting', async () => {
    const library = open();
    await steadily(library, async sessions => {
      const parts = await Promise.all([
        findSessions({ state: 'connected' }, { library }),
        findSessions({ state: 'reconnecting' }, { library }),
      ]);
      assert.equal(parts[0].length + parts[1].length, sessions.length);
    });
  });

  rule('waiting for a session that is there resolves at once', async () => {
    const library = open();
    await steadily(library, async ([session]) => {
      if (session === undefined) return;
      const options = { library, intervalMs: 1, timeoutMs: 60_000 };
      assert.deepEqual(await waitForSession({ sessionId: session.sessionId }, options), session);
    });
  });

  rule('a wait for the end of no session, or for devices that are there, ends at once', async () => {
    const library = open();
    await steadily(library, async sessions => {
      const options = { library, timeoutMs: 60_000 };
      const none = { targetName: 'iqn.2003-01.org.example.none:none' };
      assert.equal(await waitForSession(none, { ...options, until: 'gone' }), null);
      for (const session of sessions.slice(0, FEW)) {
        const { sessionId } = session;
        const devices = await untilNotBusy(() => getDevicesForIScsiSession(sessionId, { library }));
        if (devices.length === 0) continue;
        assert.deepEqual(await waitForSession({ sessionId }, { ...options, until: 'devices' }), {
          ...session,
          devices,
        });
      }
    });
  });

  rule('a watch begins with the sessions that are there, and finds no change where there is none', async () => {
    const library = open();
    await steadily(library, async sessions => {
      const seen: unknown[] = [];
      for await (const round of watchSessions({ library, intervalMs: 1 })) {
        seen.push(round);
        if (seen.length === 2) break;
      }
      const unchanged = { sessions, removed: [], changed: [] };
      assert.deepEqual(seen, [
        { ...unchanged, added: sessions, first: true },
        { ...unchanged, added: [], first: false },
      ]);
    });
  });

  rule('a watch with devices has those of each session, or says why they are missing', async () => {
    const library = open();
    await steadily(library, async sessions => {
      for await (const round of watchSessions({ library, devices: true })) {
        if (round.error) assert.fail(round.error.message);
        assert.deepEqual(
          round.sessions.map(({ devices, devicesError, ...session }) => {
            assert.equal(devices === null, devicesError !== null);
            return session;
          }),
          sessions,
        );
        break;
      }
    });
  });

  rule('a description begins with the session, and says why a part is missing', async () => {
    const library = open();
    await steadily(library, async sessions => {
      const described = await describeSessions({ library });
      assert.deepEqual(
        described.map(({ state: _, ...description }) => {
          const { devices, devicesError, negotiated, negotiatedError, ...others } = description;
          const { volumes, volumesError, ...session } = others;
          assert.equal(devices === null, devicesError !== null);
          assert.equal(negotiated === null, negotiatedError !== null);
          assert.equal(volumes === null, volumesError !== null);
          return session;
        }),
        sessions,
      );
    });
  });
}

/** Other letters need not come back: an ß becomes SS. */
function inCapitals(name: string): string {
  return name.replace(/[a-z]/g, letter => letter.toUpperCase());
}
