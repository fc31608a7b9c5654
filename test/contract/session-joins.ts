import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import {
  describeSessions,
  findSessions,
  logoutIScsiTarget,
  type SessionChange,
  waitForSession,
  watchSessions,
} from 'iscsidsc';
import { exampleDevices } from 'iscsidsc/simulator';
import { errorOf } from './outcome.js';
import { sessionsOf } from './scenario.js';
import { parametersOf } from './session-parameters.js';
import type { Arrange, Declare } from './subject.js';

const SECOND = 'ffffe00112345010-4000013700000001';

/** What the functions rule that join those of the header. */
export function sessionJoinsContract(arrange: Arrange, rule: Declare): void {
  rule('sessions are found by name in any case, by portal, by initiator and by state', async () => {
    const library = arrange({ sessions: 300 });
    const found = async (filter: Parameters<typeof findSessions>[0]) =>
      (await findSessions(filter, { library })).map(({ tsid }) => tsid);
    assert.deepEqual(await found({ targetName: 'IQN.2003-01.ORG.EXAMPLE:DISK-1' }), ['0200']);
    assert.deepEqual(await found({ targetAddress: '10.0.0.2', targetPort: 3260 }), ['0300']);
    assert.deepEqual(await found({ targetAddress: '10.0.0.2', targetPort: 3261 }), []);
    assert.equal((await found({ initiatorName: 'IQN.1991-05.com.microsoft:HOST.example' })).length, 300);
    assert.equal((await found({ state: 'connected' })).length, 300);
    assert.deepEqual(await found({ state: 'reconnecting' }), []);
    assert.equal((await findSessions({ state: 'reconnecting' }, { library: arrange({ connections: 0 }) })).length, 2);
  });

  rule('a session is waited for until it comes', async () => {
    const library = arrange({ sessions: 200, grow: 1, growTimes: 1 });
    const filter = { targetName: 'iqn.2003-01.org.example:disk-200' };
    const session = await waitForSession(filter, { library, intervalMs: 1, timeoutMs: 10_000 });
    assert.equal(session.targetName, filter.targetName);
  });
  rule('a session that does not come is a time-out that says so', async () => {
    const options = { library: arrange({}), intervalMs: 5, timeoutMs: 60 };
    const error = await errorOf(waitForSession({ targetName: 'iqn.2003-01.org.example:none' }, options));
    assert.equal(error.code, 'ERR_ISCSIDSC_TIMEOUT');
    assert.match(error.message, /^No session that fits the filter/);
  });

  rule('sessions are described with their devices and parameters', async () => {
    const scenario = { sessions: 3, devices: 2, connections: 2 };
    const described = await describeSessions({ library: arrange(scenario) });
    const sessions = sessionsOf(scenario);
    const devices = exampleDevices(sessions, 2);
    const parameters = parametersOf(scenario);
    assert.deepEqual(
      described,
      sessions.map((session, index) => ({
        ...session,
        state: 'connected',
        devices: devices[session.sessionId],
        devicesError: null,
        negotiated: parameters[index],
        negotiatedError: null,
      })),
    );
    assert.deepEqual(structuredClone(described), JSON.parse(JSON.stringify(described)));
  });
  rule('a part that cannot be had is null, with its reason', async () => {
    const library = arrange({ sessions: 1, deviceBusy: 100 });
    const [session] = await describeSessions({ library, retries: 1, retryDelayMs: 1 });
    assert.equal(session?.devices, null);
    assert.equal(session?.devicesError?.code, 'ISDSC_SESSION_BUSY');
    assert.equal(session?.negotiatedError, null);
  });

  rule('a watch gives what is there, then the changes, and leaves nothing behind', async () => {
    const library = arrange({ sessions: 3 });
    const { signal } = new AbortController();
    const changes: string[] = [];
    for await (const change of watchSessions({ library, intervalMs: 5, signal })) {
      changes.push(described(change));
      if (changes.length === 3) await logoutIScsiTarget(SECOND, { library });
      if (changes.length === 4) break;
    }
    assert.deepEqual(changes, ['added 0100', 'added 0200', 'added 0300', 'removed 0200']);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    const { calls } = library;
    await new Promise(resolve => setTimeout(resolve, 50));
    assert.equal(library.calls, calls, 'it asks on');
  });
  rule('a watch ends with its signal, without an error', async () => {
    const controller = new AbortController();
    const seen: string[] = [];
    setTimeout(() => controller.abort(), 60);
    for await (const change of watchSessions({ library: arrange({}), intervalMs: 5, signal: controller.signal })) {
      seen.push(change.type);
    }
    assert.deepEqual(seen, ['added', 'added']);
  });
  rule('a watch can be left while a round hangs', async () => {
    const watch = watchSessions({ library: arrange({ delay: 400 }) });
    const next = watch.next();
    assert.deepEqual(await watch.return?.(), { done: true, value: undefined });
    assert.equal((await next).done, true);
  });
  rule('a round that fails gives its error, and the watch goes on', async () => {
    const library = arrange({ status: 0xefff003e });
    const codes: unknown[] = [];
    for await (const change of watchSessions({ library, intervalMs: 5 })) {
      codes.push(change.type === 'error' ? (change.error as { code: string }).code : change.type);
      if (codes.length === 3) break;
    }
    assert.deepEqual(codes, Array(3).fill('ISDSC_SERVICE_NOT_RUNNING'));
  });
}

function described(change: SessionChange): string {
  if (change.type === 'added' || change.type === 'removed') return `${change.type} ${change.session.tsid}`;
  return change.type;
}
