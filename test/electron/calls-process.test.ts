import { describe, expect, it, vi } from 'vitest';
import { CallsProcess } from '../../examples/electron/app/calls-process.mjs';
import { MemoryProcess } from './memory-process.js';

const never = () => new Promise(() => {});

/** Processes that do these things, one after another; the last of them again and again. */
function processes(...actions: (() => unknown)[]) {
  const started: MemoryProcess[] = [];
  const calls = new CallsProcess(() => {
    const index = Math.min(started.length, actions.length - 1);
    const child = new MemoryProcess({ sessions: actions[index] ?? never });
    started.push(child);
    return child;
  });
  return { calls, started };
}

const code = (error: string) => ({ error: expect.objectContaining({ code: error, message: expect.any(String) }) });

describe('the process of the calls', () => {
  it('starts when something is asked, once, and gives each question its own answer', async () => {
    let count = 0;
    const { calls, started } = processes(() => ++count);
    expect(started).toHaveLength(0);
    const replies = await Promise.all([calls.ask('sessions'), calls.ask('nothing'), calls.ask('sessions')]);
    expect(replies).toEqual([
      { value: 1 },
      { error: { name: 'TypeError', message: 'There is no method nothing.' } },
      { value: 2 },
    ]);
    expect(started).toHaveLength(1);
  });

  it('answers what was asked when it dies, and starts again with the next question', async () => {
    const { calls, started } = processes(never, () => 'back');
    const asked = [calls.ask('sessions'), calls.ask('sessions')];
    started[0]?.die(0xc0000005);
    const [first, second] = await Promise.all(asked);
    expect(first).toEqual(code('CALLS_PROCESS_ENDED'));
    expect(second).toEqual(first);
    expect(first).toMatchObject({ error: { message: expect.stringContaining('3221225477') } });
    expect(await calls.ask('sessions')).toEqual({ value: 'back' });
    expect(started).toHaveLength(2);
  });

  it('does not start for ever: after three deaths only when it is forgiven', async () => {
    const { calls, started } = processes(never);
    const die = async () => {
      const asked = calls.ask('sessions');
      started.at(-1)?.die(1);
      return asked;
    };
    for (let death = 0; death < 3; death++) expect(await die()).toEqual(code('CALLS_PROCESS_ENDED'));
    expect(await calls.ask('sessions')).toEqual({
      error: expect.objectContaining({ code: 'CALLS_PROCESS_FAILED', hint: expect.stringContaining('Refresh') }),
    });
    expect(started).toHaveLength(3);
    calls.forgive();
    expect(await die()).toEqual(code('CALLS_PROCESS_ENDED'));
    expect(started).toHaveLength(4);
  });

  it('counts only deaths without an answer in between', async () => {
    const { calls, started } = processes(() => 'well');
    for (let death = 0; death < 10; death++) {
      expect(await calls.ask('sessions')).toEqual({ value: 'well' });
      started.at(-1)?.die(1);
      await vi.waitUntil(() => !started.at(-1)?.alive);
    }
    expect(started).toHaveLength(10);
  });

  it('is replaced after a time-out: the call still hangs in it', async () => {
    const timeout = Object.assign(new Error('no answer'), { code: 'ERR_ISCSIDSC_TIMEOUT' });
    const { calls, started } = processes(
      () => Promise.reject(timeout),
      () => 'well',
    );
    expect(await calls.ask('sessions')).toEqual(code('ERR_ISCSIDSC_TIMEOUT'));
    expect(await calls.ask('sessions')).toEqual({ value: 'well' });
    expect(started.map(({ alive }) => alive)).toEqual([false, true]);
  });

  it('is replaced when it is silent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { calls, started } = processes(never, () => 'well');
      const asked = calls.ask('sessions');
      vi.advanceTimersByTime(14_999);
      expect(started[0]?.alive).toBe(true);
      vi.advanceTimersByTime(1);
      expect(await asked).toEqual(code('CALLS_PROCESS_SILENT'));
      expect(await calls.ask('sessions')).toEqual({ value: 'well' });
      await vi.waitUntil(() => !started[0]?.alive);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends for good when it is stopped, with an answer to what was asked', async () => {
    const { calls, started } = processes(never);
    const asked = calls.ask('sessions');
    calls.stop();
    expect(await asked).toEqual(code('CALLS_PROCESS_STOPPED'));
    await vi.waitUntil(() => !started[0]?.alive);
    expect(await calls.ask('sessions')).toEqual(code('CALLS_PROCESS_STOPPED'));
    expect(started).toHaveLength(1);
  });
});
