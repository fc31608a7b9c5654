import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describeSessions, findSessions, type WatchRound, waitForSession, watchSessions } from 'iscsidsc';
import { exampleDevices } from 'iscsidsc/simulator';
import { errorOf } from './outcome.js';
import { sessionsOf } from './scenario.js';
import { parametersOf } from './session-parameters.js';
import type { Arrange, Declare } from './subject.js';

const SECOND = 'ffffe00112345010-4000013700000001';
const LATE = { targetName: 'iqn.2003-01.org.example:disk-200' };
const NONE = { targetName: 'iqn.2003-01.org.example:none' };

/** The functions with English names, on an initiator whose sessions stay the same. */
export function sessionTasksContract(arrange: Arrange, rule: Declare): void {
  rule('sessions are found by name in any case, by portal, by initiator and by state', async () => {
    const library = arrange({ sessions: 300 });
    const found = async (filter: Parameters<typeof findSessions>[0]) =>
      (await findSessions(filter, { library })).map(({ tsid }) => tsid);
    assert.deepEqual(await found({ targetName: 'IQN.2003-01.ORG.EXAMPLE:DISK-1' }), ['0200']);
    assert.deepEqual(await found({ targetAddress: '10.0.0.2', targetSocket: 3260 }), ['0300']);
    assert.deepEqual(await found({ targetAddress: '10.0.0.2', targetSocket: 3261 }), []);
    assert.equal((await found({ initiatorName: 'IQN.1991-05.com.microsoft:HOST.example' })).length, 300);
    assert.equal((await found({ state: 'connected' })).length, 300);
    assert.deepEqual(await found({ state: 'reconnecting' }), []);
    assert.equal((await findSessions({ state: 'reconnecting' }, { library: arrange({ connections: 0 }) })).length, 2);
  });

  rule('a session that does not come is a timeout that says what was waited for', async () => {
    const options = { library: arrange({}), intervalMs: 5, timeoutMs: 500 };
    const error = await errorOf(waitForSession(NONE, options));
    assert.equal(error.code, 'ERR_ISCSIDSC_TIMEOUT');
    assert.match(
      error.message,
      /^No session that fits \{ targetName: 'iqn.2003-01.org.example:none' \} appeared within/,
    );
    assert.ok(['running', 'betweenAttempts', 'notStarted'].includes(String(error.pending)), String(error.pending));
  });
  rule('a session that does not end is a timeout that says so', async () => {
    const options = { library: arrange({}), intervalMs: 5, timeoutMs: 500, until: 'gone' } as const;
    const error = await errorOf(waitForSession({ sessionId: SECOND }, options));
    assert.equal(error.code, 'ERR_ISCSIDSC_TIMEOUT');
    assert.match(error.message, /^A session that fits \{ sessionId: '[-\da-f]+' \} did not end within 500 ms/);
  });
  rule('devices that do not come are a timeout that says so', async () => {
    const library = arrange({ devices: 0 });
    const options = { library, intervalMs: 5, timeoutMs: 500, until: 'devices' } as const;
    const error = await errorOf(waitForSession({ sessionId: SECOND }, options));
    assert.equal(error.code, 'ERR_ISCSIDSC_TIMEOUT');
    assert.match(error.message, /^No session that fits \{ sessionId: '[-\da-f]+' \} had devices within 500 ms/);
  });
  rule('a wait for no session ends at once where there is none', async () => {
    assert.equal(await waitForSession(NONE, { library: arrange({}), until: 'gone' }), null);
  });
  rule('a wait for devices resolves with the session and its devices', async () => {
    const scenario = { sessions: 3, devices: 2 };
    const library = arrange(scenario);
    const sessions = sessionsOf(scenario);
    assert.deepEqual(await waitForSession({ sessionId: SECOND }, { library, until: 'devices' }), {
      ...sessions[1],
      devices: exampleDevices(sessions, 2)[SECOND],
    });
  });

  rule('sessions are described with their devices and parameters', async () => {
    const scenario = { sessions: 3, devices: 2, connections: 2 };
    const described = await describeSessions({ library: arrange(scenario) });
    const sessions = sessionsOf(scenario);
    const devices = exampleDevices(sessions, 2);
    const parameters = parametersOf(scenario);
    assert.deepEqual(
      // Which volumes there are is the machine's own.
      described.map(({ volumes, ...session }) => session),
      sessions.map((session, index) => ({
        ...session,
        state: 'connected',
        devices: devices[session.sessionId],
        devicesError: null,
        negotiated: parameters[index],
        negotiatedError: null,
        volumesError: null,
      })),
    );
    for (const { volumes } of described) assert.ok(Array.isArray(volumes));
    assert.deepEqual(structuredClone(described), JSON.parse(JSON.stringify(described)));
  });

  rule('every poll of a watch is a round, the first one with all sessions', async () => {
    const scenario = { sessions: 3 };
    const sessions = sessionsOf(scenario);
    const unchanged = { sessions, added: [], removed: [], changed: [] };
    assert.deepEqual(await rounds(3, { library: arrange(scenario), intervalMs: 1 }), [
      { ...unchanged, added: sessions, first: true },
      { ...unchanged, first: false },
      { ...unchanged, first: false },
    ]);
  });
  rule('no session at all is a round, too', async () => {
    const none = { sessions: [], added: [], removed: [], changed: [] };
    assert.deepEqual(await rounds(2, { library: arrange({ sessions: 0 }), intervalMs: 1 }), [
      { ...none, first: true },
      { ...none, first: false },
    ]);
  });
  rule('a watch of some sessions has no others, and asks no others for devices', async () => {
    const scenario = { sessions: 3, devices: 2 };
    const sessions = sessionsOf(scenario);
    const library = arrange(scenario);
    const filter = { sessionId: SECOND.toUpperCase() };
    const session = { ...sessions[1], devices: exampleDevices(sessions, 2)[SECOND], devicesError: null };
    for await (const round of watchSessions({ library, filter, devices: true })) {
      assert.deepEqual(round, { sessions: [session], added: [session], removed: [], changed: [], first: true });
      break;
    }
    assert.equal(library.calls, 2);
  });
  rule('a watch ends with its signal, without an error', async () => {
    const controller = new AbortController();
    let seen = 0;
    for await (const round of watchSessions({ library: arrange({}), signal: controller.signal })) {
      assert.equal(round.error, undefined);
      seen++;
      controller.abort();
    }
    assert.equal(seen, 1);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  });
  rule('a watch can be left while a poll hangs', async () => {
    const library = arrange({ delay: 400 });
    const watch = watchSessions({ library });
    const next = watch.next();
    assert.deepEqual(await watch.return(), { done: true, value: undefined });
    assert.equal((await next).done, true);
    assert.equal(library.running, 1, 'the call still runs');
  });
  rule('a poll that fails is a round with its error, and the watch goes on', async () => {
    const library = arrange({ status: 0xefff003e });
    const failed = await rounds(3, { library, intervalMs: 1 });
    assert.deepEqual(
      failed.map(round => [Object.keys(round), round.error?.code]),
      Array(3).fill([['error'], 'ISDSC_SERVICE_NOT_RUNNING']),
    );
  });
}

/** The functions with English names, when the answers change from call to call. */
export function changingSessionsContract(arrange: Arrange, rule: Declare): void {
  rule('a session is waited for until it comes', async () => {
    const library = arrange({ sessions: 200, grow: 1, growTimes: 1 });
    const session = await waitForSession(LATE, { library, intervalMs: 1, timeoutMs: 20_000 });
    assert.equal(session.targetName, LATE.targetName);
  });
  rule('devices are waited for while the session is busy', async () => {
    const library = arrange({ sessions: 3, deviceBusy: 3 });
    const options = { library, intervalMs: 1, timeoutMs: 20_000, until: 'devices' } as const;
    const { sessionId, devices } = await waitForSession({ sessionId: SECOND }, options);
    assert.deepEqual([sessionId, devices.length], [SECOND, 1]);
  });

  rule('sessions that are busy are asked again together', async () => {
    // Each is busy when it is first asked. Asked one after another, the first would use up its retry.
    const library = arrange({ sessions: 3, deviceBusy: 3 });
    const described = await describeSessions({ library, retries: 1, retryDelayMs: 1 });
    assert.deepEqual(
      described.map(({ devices }) => devices?.length),
      [1, 1, 1],
    );
    assert.equal(library.calls, 1 + 1 + 3 + 3);
  });
  rule('a part that cannot be had is null, with its reason', async () => {
    const library = arrange({ sessions: 1, deviceBusy: 100 });
    const [session] = await describeSessions({ library, retries: 1, retryDelayMs: 1 });
    assert.equal(session?.devices, null);
    assert.equal(session?.devicesError?.code, 'ISDSC_SESSION_BUSY');
    assert.equal(session?.negotiatedError, null);
  });
  rule('a description at its deadline has what is there, and the reason for each missing part', async () => {
    const library = arrange({ sessions: 3, deviceBusy: 3 });
    const described = await describeSessions({ library, retries: 1, retryDelayMs: 60_000, timeoutMs: 1000 });
    assert.equal(described.length, 3);
    for (const { devices, devicesError, negotiatedError } of described) {
      assert.deepEqual([devices, devicesError?.code, negotiatedError], [null, 'ERR_ISCSIDSC_TIMEOUT', null]);
      assert.equal(devicesError?.pending, 'betweenAttempts');
      assert.equal(devicesError?.cause?.code, 'ISDSC_SESSION_BUSY');
    }
  });
}

async function rounds(count: number, options: Parameters<typeof watchSessions>[0]): Promise<WatchRound[]> {
  const seen: WatchRound[] = [];
  for await (const round of watchSessions(options)) {
    seen.push(round);
    if (seen.length === count) break;
  }
  return seen;
}
