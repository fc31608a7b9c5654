import assert from 'node:assert/strict';
import { getDevicesForIScsiSession, getIScsiSessionList, logoutIScsiTarget } from 'iscsidsc';
import { errorOf } from '../outcome.js';
import { type InitiatorScenario, sessionsOf } from '../scenario.js';
import type { Arrange, Declare } from '../subject.js';

const SECOND = 'ffffe00112345010-4000013700000001';

/** Rules about a session from its login to its logout. */
export function sessionStateContract(arrange: Arrange<InitiatorScenario>, rule: Declare): void {
  rule('a logout removes one session and its devices', async () => {
    const library = arrange({ sessions: 3 });
    await logoutIScsiTarget(SECOND, { library });
    const left = sessionsOf({ sessions: 3 }).filter(({ sessionId }) => sessionId !== SECOND);
    assert.deepEqual(await getIScsiSessionList({ library }), left);
    const errors = [getDevicesForIScsiSession(SECOND, { library }), logoutIScsiTarget(SECOND, { library })];
    for (const error of await Promise.all(errors.map(errorOf))) assert.equal(error.code, 'ISDSC_INVALID_SESSION_ID');
  });
  rule('a logout with a warning removes the session, too', async () => {
    const library = arrange({ sessions: 3, status: 0xafff002e });
    const options = { library, onWarning: () => {} };
    await logoutIScsiTarget(SECOND, options);
    assert.equal((await getIScsiSessionList(options)).length, 2);
  });
  rule('a veto keeps the session, until a logout is not vetoed', async () => {
    const library = arrange({ sessions: 3, veto: 1 });
    assert.equal((await errorOf(logoutIScsiTarget(SECOND, { library }))).code, 'ISDSC_DEVICE_BUSY_ON_SESSION');
    assert.equal((await getIScsiSessionList({ library })).length, 3);
    await logoutIScsiTarget(SECOND, { library });
    assert.equal((await getIScsiSessionList({ library })).length, 2);
  });
  rule('devices can appear some time after the login', async () => {
    const library = arrange({ sessions: 3, devicesAfter: 200 });
    assert.deepEqual(await getDevicesForIScsiSession(SECOND, { library }), []);
    for (let round = 0; round < 200; round++) {
      if ((await getDevicesForIScsiSession(SECOND, { library })).length > 0) return;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    assert.fail('no device has appeared');
  });
}
