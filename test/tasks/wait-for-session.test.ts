import { waitForSession } from 'iscsidsc';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';

const [first, second] = exampleSessions(2);
if (!first || !second) throw new Error('no sessions');
const filter = { sessionId: second.sessionId };

describe('waitForSession', () => {
  it('reads its options once', async () => {
    using library = createSimulator({ sessions: [first] });
    const options = { library, intervalMs: 1, timeoutMs: 60_000 };
    const waiting = waitForSession(filter, options);
    Object.assign(options, { intervalMs: 2 ** 31 - 1, until: 'gone' });
    // Not before the first list has been read.
    setImmediate(() =>
      setImmediate(() => {
        library.sessions = [first, second];
      }),
    );
    expect(await waiting).toEqual(second);
  });

  it('waits for the devices of the session that has them first', async () => {
    using library = createSimulator({ sessions: [first, second] });
    library.devices = { [second.sessionId]: library.devices[second.sessionId] ?? [] };
    const { sessionId, devices } = await waitForSession({ state: 'connected' }, { library, until: 'devices' });
    expect([sessionId, devices.length]).toEqual([second.sessionId, 1]);
  });

  it('goes on when the session goes while it is asked for devices', async () => {
    using library = createSimulator({ sessions: [first, second] });
    let calls = 0;
    const func = library.func.bind(library);
    library.func = name => {
      // Between the list and the devices.
      if (name === 'GetDevicesForIScsiSessionW' && calls++ === 0) library.sessions = [first];
      else library.sessions = [first, second];
      return func(name);
    };
    const options = { library, until: 'devices', intervalMs: 1, timeoutMs: 60_000 } as const;
    expect(await waitForSession(filter, options)).toMatchObject({ ...second, devices: [expect.anything()] });
    expect(calls).toBe(2);
  });

  it('rejects with an error other than that the session is busy or gone', async () => {
    using library = createSimulator({ behaviour: { missing: ['GetDevicesForIScsiSessionW'] } });
    const call = waitForSession({ state: 'connected' }, { library, until: 'devices' });
    await expect(call).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_MISSING_EXPORT' });
  });

  it('says that the initiator did not answer, not that there is no session, where there was no list', async () => {
    using library = createSimulator({ behaviour: { delayMs: 2 ** 31 - 1 } });
    const call = waitForSession(filter, { library, timeoutMs: 20 });
    await expect(call).rejects.toMatchObject({
      code: 'ERR_ISCSIDSC_TIMEOUT',
      message: expect.stringMatching(/^The initiator/),
    });
  });

  it('says of a timeout how far it came', async () => {
    using library = createSimulator({ sessions: [first] });
    const call = waitForSession(filter, { library, intervalMs: 2 ** 31 - 1, timeoutMs: 1000 });
    await expect(call).rejects.toMatchObject({ code: 'ERR_ISCSIDSC_TIMEOUT', pending: 'betweenAttempts' });
  });

  it('refuses to wait for something else', async () => {
    const call = waitForSession(filter, { until: 'connected' as never });
    await expect(call).rejects.toThrow(/^until must be 'gone' or 'devices', not 'connected'/);
  });
});
