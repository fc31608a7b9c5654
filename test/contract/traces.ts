import assert from 'node:assert/strict';
import { getDevicesForIScsiSession, getIScsiSessionList, getIScsiSessionListSync } from 'iscsidsc';
import { structs } from 'iscsidsc/raw';
import { callers, eventsOf, tracesOf } from '../native/traced-calls.js';
import { sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { WAYS } from './ways.js';

const SERVICE_NOT_RUNNING = 0xefff003e;

/** What the tracing channel `iscsidsc:call` promises of every native call. */
export function tracesContract(arrange: Arrange, rule: Declare): void {
  for (const { name, form, call } of WAYS) {
    const list = (library: ReturnType<Arrange>) => call(getIScsiSessionList, getIScsiSessionListSync, { library });

    rule(`traces: each native call of a list has its sizes in bytes and its status (${name})`, async () => {
      const library = arrange({ sessions: 1000 });
      const [small, large, ...more] = await tracesOf(() => list(library));
      assert.deepEqual(more, []);
      for (const [trace, status] of [
        [small, 122],
        [large, 0],
      ] as const) {
        assert.equal(trace?.syscall, `GetIScsiSessionList${form}`);
        assert.equal(trace.lane, name.endsWith('async') ? 'quick' : undefined);
        assert.equal(trace.status, status);
        assert.ok((trace.durationMs ?? -1) >= 0);
      }
      assert.equal(small?.bufferSize, 32768);
      assert.ok((large?.bufferSize ?? 0) > small.bufferSize);
      assert.equal(large?.answerSize, small.answerSize);
    });

    rule(`traces: a status is no error (${name})`, async () => {
      const library = arrange({ status: SERVICE_NOT_RUNNING });
      const events = await eventsOf(() => list(library).catch(() => {}));
      const [last] = events.slice(-1);
      assert.equal(last?.event, name.endsWith('async') ? 'asyncEnd' : 'end');
      assert.equal(last?.context.statusName, 'ISDSC_SERVICE_NOT_RUNNING');
      assert.ok(!events.some(({ event }) => event === 'error'));
    });
  }

  rule('traces: what counts structs is in bytes, too', async () => {
    const [session] = sessionsOf({});
    const library = arrange({ devices: 2 });
    const [trace] = await tracesOf(() => getDevicesForIScsiSession(session?.sessionId ?? '', { library }));
    assert.equal(trace?.answerSize, 2 * structs.ISCSI_DEVICE_ON_SESSIONW.size);
  });

  rule('traces: calls that wait for their turn are in the async context of their callers', async () => {
    const library = arrange({});
    const all = [0, 1, 2, 3, 4, 5];
    const events = await eventsOf(() =>
      Promise.all(all.map(caller => callers.run(caller, () => getIScsiSessionList({ library })))),
    );
    for (const event of ['start', 'end', 'asyncStart', 'asyncEnd']) {
      const own = events.filter(each => each.event === event).map(({ caller }) => caller);
      assert.deepEqual(own.sort(), all, event);
    }
  });
}
