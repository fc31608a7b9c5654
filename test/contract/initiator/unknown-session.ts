import assert from 'node:assert/strict';
import {
  describeSessions,
  getDevicesForIScsiSession,
  getDevicesForIScsiSessionSync,
  getIScsiSessionListSync,
} from 'iscsidsc';
import { errorOf } from '../outcome.js';
import type { Declare, Open } from '../subject.js';
import { WAYS } from '../ways.js';

// Windows makes ids of a kernel address and a count. This is neither.
const NO_SESSION = '1-dead';

/** Rules about the id of a session that does not exist. They only read, so they hold for a machine in use, too. */
export function unknownSessionContract(open: Open, rule: Declare): void {
  for (const { name, form, call } of WAYS) {
    rule(`the devices of a session that is not there are an error (${name})`, async () => {
      const library = open();
      const sessions = getIScsiSessionListSync({ library });
      assert.ok(!sessions.some(({ sessionId }) => sessionId === NO_SESSION));
      const error = await errorOf(
        call(
          options => getDevicesForIScsiSession(NO_SESSION, options),
          options => getDevicesForIScsiSessionSync(NO_SESSION, options),
          { library },
        ),
      );
      assert.deepEqual(
        [error.code, error.errno, error.syscall],
        ['ISDSC_INVALID_SESSION_ID', 0xefff001c, `GetDevicesForIScsiSession${form}`],
      );
      assert.deepEqual(await describeSessions({ library, filter: { sessionId: NO_SESSION } }), []);
    });
  }
}
