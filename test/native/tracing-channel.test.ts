import { setImmediate as tick } from 'node:timers/promises';
import {
  getIScsiInitiatorNodeName,
  getIScsiSessionList,
  getIScsiSessionListSync,
  isElevated,
  isElevatedSync,
  logoutIScsiTarget,
  type NativeCallTrace,
  reportIScsiTargets,
} from 'iscsidsc';
import { bind } from 'iscsidsc/raw';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { AnsweringWindows } from '../answering-windows.js';
import { KeptLibrary } from '../arguments/kept-library.js';
import { errorOf } from '../contract/outcome.js';
import { callers, eventsOf, type TracedEvent } from './traced-calls.js';

const ID = 'ffffe00112345010-4000013700000000';
const simulator = createSimulator();
afterAll(() => simulator.dispose());

const named = (events: readonly TracedEvent[]) => events.map(({ event, context }) => `${event} ${context.syscall}`);
const of = (events: readonly TracedEvent[], event: TracedEvent['event']): NativeCallTrace[] =>
  events.filter(each => each.event === event).map(({ context }) => context);

describe('the tracing channel iscsidsc:call', () => {
  it('has start and end of a sync call', async () => {
    const events = await eventsOf(() => getIScsiSessionListSync({ library: simulator }));
    expect(named(events)).toEqual(['start GetIScsiSessionListW', 'end GetIScsiSessionListW']);
    const [before, after] = events.map(({ context }) => context);
    const given = { syscall: 'GetIScsiSessionListW', lane: undefined, waitedMs: 0, bufferSize: 32768 };
    expect(before).toEqual({
      ...given,
      ...{ answerSize: undefined, durationMs: undefined, status: undefined, statusName: undefined },
      isAbandoned: false,
    });
    expect(after).toEqual({
      ...given,
      ...{ answerSize: expect.any(Number), durationMs: expect.any(Number), status: 0, statusName: 'ERROR_SUCCESS' },
      isAbandoned: false,
      result: 0,
    });
    expect(after?.answerSize).toBeGreaterThan(0);
    expect(after?.answerSize).toBeLessThan(32768);
  });

  it('has start, end, asyncStart and asyncEnd of an async call, with its lane', async () => {
    const library = createSimulator();
    const [session] = library.sessions;
    const events = await eventsOf(async () => {
      await getIScsiSessionList({ library, charset: 'ansi' });
      await logoutIScsiTarget(session?.sessionId ?? '', { library });
    });
    const all = ['start', 'end', 'asyncStart', 'asyncEnd'];
    expect(named(events)).toEqual(
      ['GetIScsiSessionListA', 'LogoutIScsiTarget'].flatMap(syscall => all.map(event => `${event} ${syscall}`)),
    );
    const [list, logout] = of(events, 'asyncStart');
    expect(list).toMatchObject({ lane: 'quick', status: 0, answerSize: expect.any(Number) });
    expect(logout).toMatchObject({ lane: 'slow', status: 0, bufferSize: undefined, answerSize: undefined });
    for (const context of of(events, 'end')) expect(context.durationMs).toBeUndefined();
    library.dispose();
  });

  it('has each native call of a function, also those whose memory was too small', async () => {
    const library = createSimulator({ sessions: exampleSessions(600) });
    const ends = of(await eventsOf(() => getIScsiSessionListSync({ library })), 'end');
    expect(ends.map(({ status, statusName }) => ({ status, statusName }))).toEqual([
      { status: 122, statusName: 'ERROR_INSUFFICIENT_BUFFER' },
      { status: 0, statusName: 'ERROR_SUCCESS' },
    ]);
    const [small, large] = ends;
    expect(small?.answerSize).toBeGreaterThan(small?.bufferSize ?? 0);
    expect(large?.answerSize).toBe(small?.answerSize);
    library.dispose();
  });

  it('does not take a status for an error', async () => {
    const library = createSimulator({ behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } });
    const known = await eventsOf(() => errorOf(getIScsiSessionList({ library })));
    expect(of(known, 'error')).toEqual([]);
    expect(of(known, 'asyncEnd')).toMatchObject([{ status: 0xefff003e, statusName: 'ISDSC_SERVICE_NOT_RUNNING' }]);
    library.behaviour = { status: 0xdead };
    const unknown = await eventsOf(() => errorOf(getIScsiSessionList({ library })));
    expect(of(unknown, 'asyncEnd')).toMatchObject([{ status: 0xdead, statusName: '0x0000DEAD' }]);
    library.dispose();
  });

  it('has an error where a call could not be made, and no status', async () => {
    const thrown = new Error('thrown');
    const failed = new Error('failed');
    for (const [answer, error, last] of [
      [{ thrown }, thrown, 'end'],
      [{ failed }, failed, 'asyncEnd'],
    ] as const) {
      const library = new KeptLibrary(() => answer);
      const events = await eventsOf(() => errorOf(logoutIScsiTarget(ID, { library })));
      expect(of(events, 'error')).toMatchObject([{ error, status: undefined, durationMs: expect.any(Number) }]);
      expect(events.at(-1)?.event).toBe(last);
    }
    const { GetIScsiInitiatorNodeNameW } = bind(disposed());
    const events = await eventsOf(() =>
      expect(() => GetIScsiInitiatorNodeNameW(Buffer.alloc(448))).toThrow(/disposed/),
    );
    expect(named(events).map(name => name.split(' ')[0])).toEqual(['start', 'error', 'end']);
  });

  it('has the functions of other libraries, with what GetLastError says', async () => {
    const library = new AnsweringWindows({ IsUserAnAdmin: () => ({ value: 1n }) });
    const events = await eventsOf(async () => {
      isElevatedSync({ library });
      await isElevated({ library });
    });
    expect(named(events)).toEqual(
      ['start', 'end', 'start', 'end', 'asyncStart', 'asyncEnd'].map(event => `${event} IsUserAnAdmin`),
    );
    expect(events.at(-1)?.context).toMatchObject({ lane: 'quick', status: 0, statusName: 'ERROR_SUCCESS' });
  });

  it('has the raw functions', async () => {
    const { GetIScsiSessionListW } = bind(simulator);
    const size = new Uint32Array([2]);
    const raw = await eventsOf(
      () => new Promise(resolve => GetIScsiSessionListW.async(size, new Uint32Array(1), Buffer.alloc(2), resolve)),
    );
    expect(of(raw, 'asyncEnd')).toMatchObject([{ lane: undefined, bufferSize: 2, answerSize: size[0], status: 122 }]);
    // No memory, memory that is too short, and memory that is gone when the call returns.
    const gone = new Uint32Array([8]);
    for (const memory of [null, new Uint8Array(2), gone]) {
      const events = await eventsOf(async () => {
        const returned = new Promise(resolve => GetIScsiSessionListW.async(memory, null, null, resolve));
        if (memory === gone) structuredClone(gone.buffer, { transfer: [gone.buffer] });
        await returned;
      });
      expect(of(events, 'asyncEnd')).toMatchObject([
        { bufferSize: memory === gone ? 8 : undefined, answerSize: undefined, status: expect.any(Number) },
      ]);
    }
  });

  it('has nothing once nobody is subscribed', async () => {
    const seen = await eventsOf(() => {});
    await getIScsiSessionList({ library: simulator });
    expect(seen).toEqual([]);
  });
});

describe('the context of the caller', () => {
  it('is that of a call that waited for its turn, in each of its events', async () => {
    const everyone = Array.from({ length: 8 }, (_, index) => `caller ${index}`);
    const events = await eventsOf(() =>
      Promise.all(
        everyone.map(caller =>
          callers.run(caller, async () => {
            await getIScsiSessionList({ library: simulator });
            await Promise.all([
              reportIScsiTargets({ library: simulator }),
              getIScsiInitiatorNodeName({ library: simulator }),
            ]);
          }),
        ),
      ),
    );
    for (const caller of everyone) {
      const own = named(events.filter(each => each.caller === caller));
      expect(own.sort()).toEqual(
        ['GetIScsiInitiatorNodeNameW', 'GetIScsiSessionListW', 'ReportIScsiTargetsW']
          .flatMap(syscall => ['start', 'end', 'asyncStart', 'asyncEnd'].map(event => `${event} ${syscall}`))
          .sort(),
      );
    }
  });

  it('is that of each call of a function that makes several', async () => {
    const library = createSimulator({ sessions: exampleSessions(600) });
    const events = await eventsOf(() => callers.run('caller', () => getIScsiSessionList({ library })));
    expect(of(events, 'start')).toHaveLength(2);
    expect(new Set(events.map(({ caller }) => caller))).toEqual(new Set(['caller']));
    library.dispose();
  });

  it('is the same after the call as before', async () => {
    const seen = await callers.run('caller', async () => {
      await eventsOf(() => getIScsiSessionList({ library: simulator }));
      return callers.getStore();
    });
    expect(seen).toBe('caller');
  });
});

describe('a call that nobody waits for any more', () => {
  it.each([
    ['an abort', (controller: AbortController) => controller.abort()],
    ['a timeout', () => {}],
  ])('is traced when it returns: %s', async (_, stop) => {
    const library = new KeptLibrary(() => 'held');
    const controller = new AbortController();
    const events = await eventsOf(async () => {
      const call = errorOf(logoutIScsiTarget(ID, { library, signal: controller.signal, timeoutMs: 30 }));
      stop(controller);
      expect(await call).toMatchObject({ pending: 'running' });
      await tick();
      library.calls[0]?.done(null, 0xefff003e);
    });
    expect(named(events)).toEqual(
      ['start', 'end', 'asyncStart', 'asyncEnd'].map(event => `${event} LogoutIScsiTarget`),
    );
    expect(events.map(({ context }) => context.isAbandoned)).toEqual([false, false, true, true]);
    expect(events.at(-1)?.context).toMatchObject({ statusName: 'ISDSC_SERVICE_NOT_RUNNING' });
  });

  it('is not traced if it was never made', async () => {
    const library = new KeptLibrary(() => 'held');
    const events = await eventsOf(async () => {
      // One logout can run: the other waits for its turn.
      const first = logoutIScsiTarget(ID, { library });
      expect(await errorOf(logoutIScsiTarget(ID, { library, timeoutMs: 1 }))).toMatchObject({ pending: 'notStarted' });
      library.calls[0]?.done(null, 0);
      await first;
    });
    expect(of(events, 'start')).toHaveLength(1);
    expect(of(events, 'asyncEnd')).toMatchObject([{ isAbandoned: false }]);
  });
});

function disposed() {
  const library = createSimulator();
  bind(library).GetIScsiInitiatorNodeNameW(Buffer.alloc(448));
  library.dispose();
  return library;
}
