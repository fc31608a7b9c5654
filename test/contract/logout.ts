import assert from 'node:assert/strict';
import { logoutIScsiTarget } from 'iscsidsc';
import { errorOf } from './outcome.js';
import type { Arrange, Declare } from './subject.js';

const SECOND = 'ffffe00112345010-4000013700000001';

/** Rules of `logoutIScsiTarget`. */
export function logoutContract(arrange: Arrange, rule: Declare): void {
  rule('a veto is an error that says what to do, after one call', async () => {
    const library = arrange({ veto: 1 });
    const error = await errorOf(logoutIScsiTarget(SECOND, { library }));
    assert.deepEqual([error.code, error.errno], ['ISDSC_DEVICE_BUSY_ON_SESSION', 0xefff0040]);
    assert.match(String(error.hint), /take its disks offline/);
    assert.equal(library.calls, 1);
  });
  rule('a logout can be told to try again after a veto', async () => {
    const library = arrange({ veto: 2 });
    await logoutIScsiTarget(SECOND, { library, retries: 2, retryDelayMs: 1 });
    assert.equal(library.calls, 3);
  });
}
