import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type SessionsRound, type WatchRound, watchSessions } from 'iscsidsc';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { hanging } from './hanging-library.js';

const [first, second] = exampleSessions(2);
if (!first || !second) throw new Error('no sessions');

/** The round that a watch yields next, which must not be a failed one. */
async function nextRound<Round extends WatchRound>(watch: AsyncIterator<Round, undefined>) {
  const { value } = await watch.next();
  if (value === undefined || value.error) throw new Error(`no round: ${value?.error}`);
  return value as Exclude<Round, { error: object }>;
}

describe('watchSessions', () => {
  it('reports a changed session as it was before and after', async () => {
    using library = createSimulator({ sessions: [first] });
    await using watch = watchSessions({ library, intervalMs: 1 });
    await watch.next();
    const after = { ...first, connections: [] };
    library.sessions = [after];
    const round = { sessions: [after], added: [], removed: [], changed: [{ before: first, after }], first: false };
    expect(await watch.next()).toEqual({ done: false, value: round });
  });

  it('takes a change of devices for a change of the session', async () => {
    using library = createSimulator({ sessions: [first, second] });
    await using watch = watchSessions({ library, intervalMs: 1, devices: true });
    const { sessions } = await nextRound(watch);
    expect(sessions.map(({ devices }) => devices?.length)).toEqual([1, 1]);
    library.devices = { [second.sessionId]: library.devices[second.sessionId] ?? [] };
    const [before] = sessions;
    expect((await nextRound(watch)).changed).toEqual([{ before, after: { ...before, devices: [] } }]);
    library.behaviour = { deviceBusy: 100 };
    const { changed } = await nextRound(watch);
    const busy = { devices: null, devicesError: { code: 'ISDSC_SESSION_BUSY' } };
    expect(changed.map(({ after }) => after)).toMatchObject([busy, busy]);
  });

  it('merges what happens while the consumer is busy', async () => {
    using library = createSimulator({ sessions: [first] });
    const seen: WatchRound[] = [];
    for await (const round of watchSessions({ library, intervalMs: 1 })) {
      seen.push(round);
      if (seen.length === 2) break;
      // Comes, changes and goes: all of it unseen. What has changed in the end is one change.
      for (const sessions of [[first, second], [{ ...first, tsid: 'ffff' }, second], [{ ...first, tsid: 'aaaa' }]]) {
        library.sessions = sessions;
        await sleep(20);
      }
    }
    const after = { ...first, tsid: 'aaaa' };
    expect(seen).toEqual([
      { sessions: [first], added: [first], removed: [], changed: [], first: true },
      { sessions: [after], added: [], removed: [], changed: [{ before: first, after }], first: false },
    ]);
  });

  it('yields the error of each poll that fails, and compares with the last answer when the service is back', async () => {
    using library = createSimulator({ sessions: [first], behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } });
    await using watch = watchSessions({ library, intervalMs: 1 });
    const failed = { value: { error: { code: 'ISDSC_SERVICE_NOT_RUNNING' } } };
    expect(await watch.next()).toMatchObject(failed);
    expect(await watch.next()).toMatchObject(failed);
    library.behaviour = {};
    expect(await nextRound(watch)).toMatchObject({ first: true, added: [first] });
    library.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
    expect(await watch.next()).toMatchObject(failed);
    library.behaviour = {};
    library.sessions = [first, second];
    expect(await nextRound(watch)).toMatchObject({ first: false, added: [second], removed: [] });
  });

  it('watches what fits its filter: what no longer does is removed', async () => {
    using library = createSimulator({ sessions: [first, second] });
    await using watch = watchSessions({ library, intervalMs: 1, filter: { state: 'connected' } });
    await watch.next();
    library.sessions = [first, { ...second, connections: [] }];
    expect(await nextRound(watch)).toMatchObject({ sessions: [first], removed: [second], changed: [] });
  });

  it('ends, and does not go on, with an error that is not of the package', async () => {
    const status = 'ISDSC_OPERATION_NOT_ALL_SUCCESS';
    using library = createSimulator({ sessions: [first], behaviour: { status } });
    const { signal } = new AbortController();
    const onWarning = () => {
      throw new RangeError('the own');
    };
    const watch = watchSessions({ library, intervalMs: 1, onWarning, signal });
    await expect(watch.next()).rejects.toThrow(new RangeError('the own'));
    expect(await watch.next()).toEqual({ done: true, value: undefined });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('puts a listener on its signal only while it is iterated', async () => {
    using library = createSimulator();
    const { signal } = new AbortController();
    const listeners = () => getEventListeners(signal, 'abort').length;
    const watch = watchSessions({ library, intervalMs: 1, signal });
    expect(listeners()).toBe(0);
    await watch.next();
    expect(listeners()).toBe(1);
    await watch.return();
    expect(listeners()).toBe(0);
    const never = watchSessions({ library, signal });
    expect(await never.return()).toEqual({ done: true, value: undefined });
    expect(await never.next()).toEqual({ done: true, value: undefined });
    expect(listeners()).toBe(0);
  });

  it('can be left during the pause between two polls', async () => {
    using library = createSimulator();
    const watch = watchSessions({ library, intervalMs: 2 ** 31 - 1 });
    await watch.next();
    const next = watch.next();
    expect(await watch.return()).toEqual({ done: true, value: undefined });
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('does nothing where its signal has fired before', async () => {
    using library = createSimulator({ behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } });
    for await (const round of watchSessions({ library, signal: AbortSignal.abort() })) expect(round).toBeUndefined();
  });

  it('is ended by the end of its block', async () => {
    using library = createSimulator({ sessions: [first] });
    const { signal } = new AbortController();
    let watch: AsyncIterator<WatchRound, undefined>;
    {
      await using ended = watchSessions({ library, signal });
      await ended.next();
      watch = ended;
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(await watch.next()).toEqual({ done: true, value: undefined });
  });

  it('reads its options once', async () => {
    using library = createSimulator({ sessions: [first, second] });
    const filter = { state: 'connected' as 'connected' | 'reconnecting' };
    const options = { library, intervalMs: 1, filter, devices: false };
    await using watch = watchSessions(options);
    filter.state = 'reconnecting';
    Object.assign(options, { intervalMs: 2 ** 31 - 1, devices: true });
    const rounds: SessionsRound[] = [await nextRound(watch), await nextRound(watch)];
    expect(rounds.map(({ sessions }) => sessions)).toEqual([
      [first, second],
      [first, second],
    ]);
  });

  it('has for each round the time that its caller allows', async () => {
    using library = createSimulator({ sessions: [first], behaviour: { delayMs: 2 ** 31 - 1 } });
    await using watch = watchSessions({ library, intervalMs: 1, timeoutMs: 20 });
    expect(await watch.next()).toMatchObject({ value: { error: { code: 'ERR_ISCSIDSC_TIMEOUT' } } });
    expect(await watch.next()).toMatchObject({ value: { error: { code: 'ERR_ISCSIDSC_TIMEOUT' } } });
  });

  it('has the sessions of a round although a question for devices hangs, and says which', async () => {
    using simulator = createSimulator({ sessions: [first, second] });
    const library = hanging(simulator, 'GetDevicesForIScsiSessionW', call => call === 2);
    await using watch = watchSessions({ library, devices: true, timeoutMs: 1000 });
    const { sessions } = await nextRound(watch);
    expect(sessions).toMatchObject([
      { ...first, devices: [{}], devicesError: null },
      { ...second, devices: null, devicesError: { code: 'ERR_ISCSIDSC_TIMEOUT' } },
    ]);
  });

  it('compares with what the initiator reported, whatever the caller does to a round', async () => {
    using library = createSimulator();
    await using watch = watchSessions({ library, intervalMs: 1 });
    for (let poll = 0; poll < 3; poll++) {
      const { value: round } = await watch.next();
      if (!round || round.error) throw new Error('no round');
      expect([round.added.length, round.changed.length, round.removed.length]).toEqual([poll === 0 ? 4 : 0, 0, 0]);
      for (const session of round.sessions) session.targetName = 'changed';
      round.sessions.pop();
    }
  });

  it('refuses wrong options at once', () => {
    expect(() => watchSessions({ intervalMs: 0 })).toThrow(/^intervalMs must be a whole number from 1/);
    expect(() => watchSessions({ every: 5 } as never)).toThrow(/must be one of charset, library, onWarning, signal/);
    expect(() => watchSessions({ filter: {} })).toThrow(/^The filter must have at least one of sessionId, /);
    expect(() => watchSessions({ devices: 1 } as never)).toThrow(/^devices must be true or false/);
  });
});
