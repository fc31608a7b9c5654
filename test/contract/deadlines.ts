import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { getIScsiSessionList, logoutIScsiTarget } from 'iscsidsc';
import { errorOf } from './outcome.js';
import { sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';

// Long enough for a loaded machine to come to what is done meanwhile, and to read a file.
const HANGS = { sessions: 3, delay: 800 };
const HANGS_LONG = { sessions: 3, delay: 3000 };

/** What is promised of calls that take long. */
export function deadlinesContract(arrange: Arrange, rule: Declare): void {
  rule('the event loop goes on while a call hangs', async () => {
    let ticks = 0;
    const ticker = setInterval(() => ticks++, 10);
    const sessions = await getIScsiSessionList({ library: arrange(HANGS) });
    clearInterval(ticker);
    assert.deepEqual(sessions, sessionsOf(HANGS));
    assert.ok(ticks > 0, 'no timer fired meanwhile');
  });

  rule('two lists run at once, the others wait their turn in order', async () => {
    const library = arrange(HANGS);
    const order: number[] = [];
    const lists = Array.from({ length: 5 }, (_, call) => {
      return getIScsiSessionList({ library }).then(() => order.push(call));
    });
    await Promise.all(lists);
    assert.equal(library.mostAtOnce, 2);
    assert.deepEqual(order.slice(0, 2).sort(), [0, 1]);
    assert.deepEqual(order.slice(2, 4).sort(), [2, 3]);
  });

  rule('slow calls that hang do not delay a list, and files can be read meanwhile', async () => {
    const library = arrange(HANGS_LONG);
    const logouts = sessionsOf(HANGS_LONG).map(({ sessionId }) => logoutIScsiTarget(sessionId, { library }));
    const lists = [getIScsiSessionList({ library }), getIScsiSessionList({ library })];
    assert.equal(library.running, 3, 'one logout and both lists');
    await readFile(process.argv[1] as string);
    assert.equal(library.running, 3, 'a file was read before the first call returned');
    await Promise.all([...logouts, ...lists]);
    assert.equal(library.mostAtOnce, 3);
  });

  rule('a signal rejects at once, and no listener stays on it', async () => {
    const library = arrange(HANGS);
    const controller = new AbortController();
    const list = getIScsiSessionList({ library, signal: controller.signal });
    controller.abort('enough');
    const error = await errorOf(list);
    assert.deepEqual([error.name, error.code, error.cause], ['AbortError', 'ABORT_ERR', 'enough']);
    assert.deepEqual([error.pending, error.syscall], ['running', 'GetIScsiSessionListW']);
    assert.equal(library.running, 1, 'the call still runs');
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  });

  rule('a timeout rejects at once, and the late answer is dropped', async () => {
    const library = arrange(HANGS);
    const error = await errorOf(getIScsiSessionList({ library, timeoutMs: 50 }));
    assert.deepEqual([error.code, error.syscall], ['ERR_ISCSIDSC_TIMEOUT', 'GetIScsiSessionListW']);
    assert.equal(error.pending, 'running');
    assert.match(String(error.message), /still runs/);
    assert.equal(library.running, 1, 'the call still runs');
    while (library.running > 0) await sleep(20);
    assert.deepEqual(await getIScsiSessionList({ library }), sessionsOf(HANGS));
  });

  rule('an answer in time leaves no listener and no timer', async () => {
    const { signal } = new AbortController();
    const before = timers();
    const sessions = await getIScsiSessionList({ library: arrange({ sessions: 1 }), signal, timeoutMs: 60_000 });
    assert.equal(sessions.length, 1);
    assert.equal(getEventListeners(signal, 'abort').length, 0);
    assert.equal(timers(), before);
  });

  rule('a signal that has fired before makes no call', async () => {
    const library = arrange({});
    const error = await errorOf(getIScsiSessionList({ library, signal: AbortSignal.abort() }));
    assert.deepEqual([error.name, error.pending], ['AbortError', 'notStarted']);
    assert.equal(library.calls, 0);
  });

  rule('a call that waits for its turn and is given up is never made', async () => {
    const library = arrange(HANGS);
    const running = [getIScsiSessionList({ library }), getIScsiSessionList({ library })];
    const controller = new AbortController();
    const waiting = [
      getIScsiSessionList({ library, signal: controller.signal }),
      getIScsiSessionList({ library, timeoutMs: 30 }),
    ];
    controller.abort();
    assert.deepEqual(
      (await Promise.all(waiting.map(errorOf))).map(error => [error.code, error.pending]),
      [
        ['ABORT_ERR', 'notStarted'],
        ['ERR_ISCSIDSC_TIMEOUT', 'notStarted'],
      ],
    );
    await Promise.all(running);
    await sleep(50);
    assert.equal(library.calls, 2);
  });

  rule('a call that is given up between two attempts is not made again, and the error says so', async () => {
    const library = arrange({ veto: 9 });
    const [first] = sessionsOf({});
    assert.ok(first);
    const controller = new AbortController();
    const options = { library, retries: 8, retryDelayMs: 60_000, signal: controller.signal };
    const logout = logoutIScsiTarget(first.sessionId, options);
    while (library.running > 0) await nextTurn();
    controller.abort();
    assert.equal((await errorOf(logout)).pending, 'betweenAttempts');
    assert.equal(library.calls, 1);
  });
}

function timers(): number {
  return process.getActiveResourcesInfo().filter(resource => resource === 'Timeout').length;
}
