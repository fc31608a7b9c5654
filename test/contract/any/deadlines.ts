import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { getIScsiSessionList, type Library } from 'iscsidsc';
import { CountedLibrary } from '../counted-library.js';
import { errorOf } from '../outcome.js';
import type { Declare, Open } from '../subject.js';
import { HeldLibrary } from './held-library.js';
import { steadily } from './steady.js';

/** What is promised of calls that take long, whatever is called. */
export function anyDeadlinesContract(open: Open, rule: Declare): void {
  rule('a signal rejects at once, the late answer is dropped, and the next call is right', async () => {
    const library = open();
    const controller = new AbortController();
    await givesUp(
      library,
      held => {
        const list = getIScsiSessionList({ library: held, signal: controller.signal });
        controller.abort('enough');
        return list;
      },
      'ABORT_ERR',
    );
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
  });
  rule('a timeout rejects, the late answer is dropped, and the next call is right', async () => {
    await givesUp(open(), held => getIScsiSessionList({ library: held, timeoutMs: 20 }), 'ERR_ISCSIDSC_TIMEOUT');
  });
  rule('a signal that has fired before makes no native call', async () => {
    const library = new CountedLibrary(open());
    const error = await errorOf(getIScsiSessionList({ library, signal: AbortSignal.abort() }));
    assert.equal(error.code, 'ABORT_ERR');
    assert.equal(library.calls, 0);
  });
}

async function givesUp(library: Library, call: (held: Library) => Promise<unknown>, code: string): Promise<void> {
  await steadily(library, async sessions => {
    const held = new HeldLibrary(library);
    assert.equal((await errorOf(call(held))).code, code);
    await held.release();
    assert.deepEqual(await getIScsiSessionList({ library: held }), sessions);
  });
}
