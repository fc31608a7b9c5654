import assert from 'node:assert/strict';
import { getDevicesForIScsiSession, getDevicesForIScsiSessionSync, type SyncOptions } from 'iscsidsc';
import { exampleDevices } from 'iscsidsc/simulator';
import { errorOf, guardedEqual, guardedErrorOf } from './outcome.js';
import { type Scenario, sessionsOf } from './scenario.js';
import type { Arrange, Declare } from './subject.js';
import { WAYS } from './ways.js';

const THIRD = 'ffffe00112345010-4000013700000002';

/** What `getDevicesForIScsiSession` promises. */
export function devicesContract(arrange: Arrange, rule: Declare): void {
  for (const { name, form, call } of WAYS) {
    const devices = (id: string, options: SyncOptions) =>
      call(
        more => getDevicesForIScsiSession(id, more),
        more => getDevicesForIScsiSessionSync(id, more),
        options,
      );
    const given = (text: string, check: () => Promise<void>) => rule(`devices: ${text} (${name})`, check);
    const syscall = `GetDevicesForIScsiSession${form}`;

    // A first buffer holds 16 devices of the W form, 31 of the A form.
    for (const each of [0, 1, 3, 40]) {
      given(`${each} devices of a session are returned unchanged`, () => {
        const scenario: Scenario = { sessions: 4, devices: each };
        const expected = exampleDevices(sessionsOf(scenario), each)[THIRD];
        return guardedEqual(() => devices(THIRD, { library: arrange(scenario) }), expected);
      });
    }
    given('an id in capitals is the same id', () => {
      const scenario = { sessions: 4 };
      const expected = exampleDevices(sessionsOf(scenario))[THIRD];
      return guardedEqual(() => devices(THIRD.toUpperCase(), { library: arrange(scenario) }), expected);
    });
    given('a failure is an error with its status', async () => {
      const error = await guardedErrorOf(() => devices(THIRD, { library: arrange({ status: 0xefff001c }) }));
      assert.deepEqual([error.code, error.errno, error.syscall], ['ISDSC_INVALID_SESSION_ID', 0xefff001c, syscall]);
    });
    given('a malformed id is an error before any call', async () => {
      const library = arrange({});
      const error = await errorOf(
        call(
          async more => getDevicesForIScsiSession('no-id', more),
          more => getDevicesForIScsiSessionSync('no-id', more),
          { library },
        ),
      );
      assert.equal(error.code, 'ERR_ISCSIDSC_INVALID_ARGUMENT');
      assert.equal(library.calls, 0);
    });
    given('a count larger than there was room for is an error', async () => {
      const error = await guardedErrorOf(() =>
        devices(THIRD, { library: arrange({ sessions: 4, fault: 'count-large' }) }),
      );
      assert.deepEqual([error.code, error.member], ['ERR_ISCSIDSC_MALFORMED_REPLY', 'DeviceCount']);
    });
    given('a count that was not written is an error', async () => {
      const error = await guardedErrorOf(() =>
        devices(THIRD, { library: arrange({ sessions: 4, fault: 'count-unwritten' }) }),
      );
      assert.deepEqual([error.code, error.member], ['ERR_ISCSIDSC_MALFORMED_REPLY', 'Devices.TargetName']);
    });
    given('a call that is never satisfied is an error', async () => {
      const fault = 'never-satisfied';
      const error = await guardedErrorOf(() => devices(THIRD, { library: arrange({ sessions: 4, fault }) }));
      assert.equal(error.code, 'ERR_ISCSIDSC_BUFFER_RETRIES');
    });
  }

  rule('devices: the async form retries a busy session, the sync form does not', async () => {
    const scenario = { sessions: 4, deviceBusy: 3 };
    const expected = exampleDevices(sessionsOf(scenario))[THIRD];
    const library = arrange(scenario);
    assert.deepEqual(await getDevicesForIScsiSession(THIRD, { library, retryDelayMs: 1 }), expected);
    assert.equal(library.calls, 4);
    assert.throws(() => getDevicesForIScsiSessionSync(THIRD, { library: arrange(scenario) }), {
      code: 'ISDSC_SESSION_BUSY',
    });
  });
  rule('devices: retries as often as `retries` says', async () => {
    const library = arrange({ sessions: 4, deviceBusy: 100 });
    const options = { library, retries: 2, retryDelayMs: 1 };
    assert.equal((await errorOf(getDevicesForIScsiSession(THIRD, options))).code, 'ISDSC_SESSION_BUSY');
    assert.equal(library.calls, 3);
  });
  rule('devices: a timeout ends the retries of a busy session', async () => {
    const library = arrange({ sessions: 4, deviceBusy: 100 });
    const error = await errorOf(getDevicesForIScsiSession(THIRD, { library, retryDelayMs: 60_000, timeoutMs: 50 }));
    assert.deepEqual([error.code, error.pending], ['ERR_ISCSIDSC_TIMEOUT', 'betweenAttempts']);
    assert.equal(library.calls, 1);
  });
}
