import assert from 'node:assert/strict';
import { getDevicesForIScsiSession, getIScsiSessionList, logoutIScsiTarget } from 'iscsidsc';
import { errorOf } from './outcome.js';
import { sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';

const SECOND = 'ffffe00112345010-4000013700000001';

/** What `logoutIScsiTarget` rules. */
export function logoutContract(arrange: Arrange, rule: Declare): void {
  rule('a logout takes away one session and its devices', async () => {
    const library = arrange({ sessions: 3 });
    await logoutIScsiTarget(SECOND, { library });
    const left = sessionsOf({ sessions: 3 }).filter(({ sessionId }) => sessionId !== SECOND);
    assert.deepEqual(await getIScsiSessionList({ library }), left);
    const errors = [getDevicesForIScsiSession(SECOND, { library }), logoutIScsiTarget(SECOND, { library })];
    for (const error of await Promise.all(errors.map(errorOf))) assert.equal(error.code, 'ISDSC_INVALID_SESSION_ID');
  });
  rule('a veto says what to do, and keeps the session', async () => {
    const library = arrange({ veto: 1 });
    const error = await errorOf(logoutIScsiTarget(SECOND, { library }));
    assert.deepEqual([error.code, error.errno], ['ISDSC_DEVICE_BUSY_ON_SESSION', 0xefff0040]);
    assert.match(String(error.hint), /take its disks offline/);
    assert.equal((await getIScsiSessionList({ library })).length, 2);
  });
  rule('a logout can be told to try again after a veto', async () => {
    const library = arrange({ veto: 2 });
    await logoutIScsiTarget(SECOND, { library, retries: 2, retryDelayMs: 1 });
    assert.equal((await getIScsiSessionList({ library })).length, 1);
  });
}
