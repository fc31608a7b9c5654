import { setTimeout as sleep } from 'node:timers/promises';
import { describeSessions, findSessions, getIScsiSessionListEx } from 'iscsidsc';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { hanging } from './hanging-library.js';

describe('describeSessions', () => {
  it('describes sessions where Windows lacks GetIScsiSessionListEx, with the reason', async () => {
    using library = createSimulator({ behaviour: { missing: ['GetIScsiSessionListEx'] } });
    const reason = { code: 'ERR_ISCSIDSC_MISSING_EXPORT', syscall: 'GetIScsiSessionListEx' };
    await expect(getIScsiSessionListEx({ library })).rejects.toMatchObject(reason);
    const described = await describeSessions({ library });
    expect(described).toHaveLength(library.sessions.length);
    for (const session of described) {
      expect(session).toMatchObject({ negotiated: null, negotiatedError: reason, devicesError: null });
    }
  });

  it('describes the sessions of a filter alone', async () => {
    using library = createSimulator();
    const [, second] = library.sessions;
    const filter = { sessionId: String(second?.sessionId).toUpperCase() };
    expect(await findSessions(filter, { library })).toEqual([second]);
    // The first question for devices is refused: the described session is the only one that is asked.
    library.behaviour = { deviceBusy: 1 };
    const once = { library, retries: 1, retryDelayMs: 1 };
    expect((await describeSessions({ ...once, filter })).map(({ devices }) => devices?.length)).toEqual([1]);
  });

  it('keeps what it has when a call hangs until the deadline, and says of each part how far it came', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(3) });
    const library = hanging(simulator, 'GetDevicesForIScsiSessionW', call => call === 2);
    const described = await describeSessions({ library, timeoutMs: 1000 });
    expect(described.map(({ devices }) => devices?.length)).toEqual([1, undefined, undefined]);
    expect(described.map(({ negotiatedError }) => negotiatedError)).toEqual([null, null, null]);
    expect(described.map(({ devicesError }) => devicesError)).toMatchObject([
      null,
      { code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'running', syscall: 'GetDevicesForIScsiSessionW' },
      { code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'notStarted' },
    ]);
  });

  it('says so when it did not come to the devices', async () => {
    using simulator = createSimulator({ sessions: exampleSessions(1) });
    const library = hanging(simulator, 'GetIScsiSessionListEx', () => true);
    expect(await describeSessions({ library, timeoutMs: 1000 })).toMatchObject([
      {
        negotiated: null,
        negotiatedError: { code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'running', syscall: 'GetIScsiSessionListEx' },
        devices: null,
        devicesError: { code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'notStarted' },
      },
    ]);
  });

  it('rejects when it does not even have the list', async () => {
    using simulator = createSimulator();
    const library = hanging(simulator, 'GetIScsiSessionListW', () => true);
    const call = describeSessions({ library, timeoutMs: 20 });
    await expect(call).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'running' });
  });

  it('rejects when its signal fires, whatever it has', async () => {
    using simulator = createSimulator();
    const end = new AbortController();
    const library = hanging(simulator, 'GetDevicesForIScsiSessionW', call => {
      if (call === 2) setImmediate(() => end.abort());
      return call === 2;
    });
    const call = describeSessions({ library, signal: end.signal, timeoutMs: 60_000 });
    await expect(call).rejects.toMatchObject({ code: 'ABORT_ERR' });
  });

  it('asks a session again that was busy, and not those that were not', async () => {
    using library = createSimulator({ sessions: exampleSessions(3) });
    const asked: number[] = [];
    const first = hanging(library, 'GetDevicesForIScsiSessionW', call => {
      asked.push(call);
      // The second one is busy, once.
      library.behaviour = { deviceBusy: call === 2 ? 1 : 0 };
      return false;
    });
    const described = await describeSessions({ library: first, retries: 5, retryDelayMs: 1 });
    expect(described.map(({ devices }) => devices?.length)).toEqual([1, 1, 1]);
    expect(asked).toHaveLength(4);
    await sleep(20);
    expect(asked).toHaveLength(4);
  });
});
