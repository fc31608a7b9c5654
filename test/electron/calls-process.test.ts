import type { SessionWatch, SessionWithDevices, WatchRound } from 'iscsidsc';
import { IscsidscError } from 'iscsidsc';
import { exampleSessions } from 'iscsidsc/simulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallsProcess } from '../../examples/electron/app/calls-process.mjs';
import { MemoryProcess } from './memory-process.js';

type Round = WatchRound<SessionWithDevices>;
type Reply = Awaited<ReturnType<CallsProcess['refresh']>>;

const round = (devicesError: SessionWithDevices['devicesError'] = null): Round => {
  const sessions = exampleSessions(1).map(session => ({ ...session, devices: devicesError ? null : [], devicesError }));
  return { sessions, added: [], removed: [], changed: [], first: false };
};
const timeout = new IscsidscError('ERR_ISCSIDSC_TIMEOUT', 'no answer');

/** A watch that has these rounds, and then none for ever. */
function watch(...rounds: Round[]): SessionWatch<SessionWithDevices> {
  const left = rounds.values();
  let end = (): void => {};
  const ended = new Promise<{ done: true; value: undefined }>(resolve => {
    end = () => resolve({ done: true, value: undefined });
  });
  return {
    next: async () => {
      const { value } = left.next();
      return value ? { value } : ended;
    },
    return: () => {
      end();
      return ended;
    },
    async [Symbol.asyncDispose]() {
      end();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Processes with these watches, one after another; the last of them again and again. */
function processes(...watches: (() => SessionWatch<SessionWithDevices>)[]) {
  const started: MemoryProcess[] = [];
  const replies: Reply[] = [];
  const calls = new CallsProcess(
    () => {
      const child = new MemoryProcess(watches[Math.min(started.length, watches.length - 1)] ?? watch);
      started.push(child);
      return child;
    },
    reply => replies.push(reply),
  );
  const have = (count: number) => vi.waitUntil(() => replies.length >= count);
  return { calls, started, replies, have };
}

const value = { value: [expect.objectContaining({ state: 'connected', devicesError: null })] };
const code = (error: string) => ({ error: expect.objectContaining({ code: error, message: expect.any(String) }) });

describe('the process of the calls', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const restart = () => vi.advanceTimersByTime(2000);

  it('starts when a round is asked for, once, and hands on every round', async () => {
    const { calls, started, replies, have } = processes(() => watch(round(), { error: timeout }, round()));
    expect(started).toHaveLength(0);
    expect(await Promise.all([calls.refresh(), calls.refresh()])).toEqual([value, value]);
    expect(started).toHaveLength(1);
    await have(2);
    expect(replies).toEqual([value, code('ERR_ISCSIDSC_TIMEOUT')]);
  });

  it('begins the watch anew when a round is asked for now', async () => {
    let watches = 0;
    const { calls, started } = processes(() => {
      watches++;
      return watch(round());
    });
    expect(await calls.refresh()).toEqual(value);
    expect(await calls.refresh()).toEqual(value);
    expect([started.length, watches]).toEqual([1, 2]);
  });

  it('sends why there is no watch, and tries again', async () => {
    let broken = true;
    const { calls, started, replies, have } = processes(() => {
      if (broken) throw new TypeError('no watch');
      return watch(round());
    });
    expect(await calls.refresh()).toEqual({ error: { name: 'TypeError', message: 'no watch' } });
    broken = false;
    restart();
    await have(2);
    expect(replies[1]).toEqual(value);
    expect(started).toHaveLength(1);
  });

  it('answers what was asked when it dies, and starts again after a pause', async () => {
    const { calls, started, replies, have } = processes(watch, () => watch(round()));
    const asked = calls.refresh();
    started[0]?.die(0xc0000005);
    const reply = await asked;
    expect(reply).toEqual(code('CALLS_PROCESS_ENDED'));
    expect(reply).toMatchObject({ error: { message: expect.stringContaining('3221225477') } });
    expect(started).toHaveLength(1);
    restart();
    await have(2);
    expect(replies[1]).toEqual(value);
    expect(started).toHaveLength(2);
  });

  it('starts after three deaths only when a round is asked for', async () => {
    const { calls, started, replies, have } = processes(watch);
    calls.refresh();
    for (let death = 1; death <= 3; death++) {
      started.at(-1)?.die(1);
      await have(death);
      restart();
    }
    expect(replies).toEqual([...Array(3).fill(code('CALLS_PROCESS_ENDED')), code('CALLS_PROCESS_FAILED')]);
    expect(replies[3]).toMatchObject({ error: { hint: expect.stringContaining('Refresh') } });
    expect(started).toHaveLength(3);
    expect(vi.getTimerCount()).toBe(0);
    calls.refresh();
    expect(started).toHaveLength(4);
  });

  it('counts only deaths without a round in between', async () => {
    const { calls, started, replies, have } = processes(() => watch(round()));
    calls.refresh();
    for (let death = 0; death < 10; death++) {
      await have(2 * death + 1);
      started.at(-1)?.die(1);
      await have(2 * death + 2);
      restart();
    }
    expect(replies.filter(reply => 'value' in reply)).toHaveLength(10);
    expect(started).toHaveLength(11);
  });

  for (const [which, hung] of Object.entries({
    'the list': { error: timeout },
    'the devices of a session': round({ name: 'IscsidscError', code: 'ERR_ISCSIDSC_TIMEOUT', message: 'no answer' }),
  })) {
    it(`is replaced after a timeout of ${which}: the call still hangs in it`, async () => {
      const { calls, started, replies, have } = processes(
        () => watch(hung),
        () => watch(round()),
      );
      await calls.refresh();
      await vi.waitUntil(() => !started[0]?.alive);
      restart();
      await have(2);
      expect(replies[1]).toEqual(value);
      expect(started.map(({ alive }) => alive)).toEqual([false, true]);
    });
  }

  it('is not replaced because a session is busy', async () => {
    const { calls, started } = processes(() =>
      watch(round({ name: 'StatusError', code: 'ISDSC_SESSION_BUSY', message: 'busy' })),
    );
    await calls.refresh();
    restart();
    expect(started.map(({ alive }) => alive)).toEqual([true]);
  });

  it('is replaced when it is silent', async () => {
    const { calls, started, have } = processes(watch, () => watch(round()));
    const asked = calls.refresh();
    vi.advanceTimersByTime(14_999);
    expect(started[0]?.alive).toBe(true);
    vi.advanceTimersByTime(1);
    expect(await asked).toEqual(code('CALLS_PROCESS_SILENT'));
    await vi.waitUntil(() => !started[0]?.alive);
    restart();
    await have(2);
    expect(started).toHaveLength(2);
  });

  it('ends for good when it is stopped, with an answer to what was asked', async () => {
    const { calls, started, replies } = processes(watch);
    const asked = calls.refresh();
    calls.stop();
    expect(await asked).toEqual(code('CALLS_PROCESS_STOPPED'));
    await vi.waitUntil(() => !started[0]?.alive);
    expect(await calls.refresh()).toEqual(code('CALLS_PROCESS_STOPPED'));
    expect(replies).toEqual([]);
    expect(started).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
