import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import { parseUniqueId, uniqueIdBytes } from '../../codec/unique-id.js';
import { callRetrying, type RetryOptions } from '../call.js';
import type { CheckedOptions } from '../options.js';

const RETRY = { retries: 0, retryDelayMs: 1000 };

/**
 * Ends one session, not every session of its target. Windows refuses with `ISDSC_DEVICE_BUSY_ON_SESSION` while a disk of
 * the session is in use, and for some seconds after writes: `retries` (default 0) makes it try again, `retryDelayMs`
 * (default 1,000) apart. After a timeout, `pending` of the error says whether the session can still end. Rejects with
 * `ISDSC_INVALID_SESSION_ID` if there is no such session, and with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-logoutiscsitarget
 */
export async function logoutIScsiTarget(sessionId: string, options?: RetryOptions): Promise<void> {
  parseUniqueId(sessionId);
  return callRetrying(options, RETRY, checked => logout(checked, sessionId));
}

function* logout({ library }: CheckedOptions, sessionId: string): Procedure<void> {
  yield* simpleCall(nativeCall(library, 'LogoutIScsiTarget', uniqueIdBytes(sessionId)));
}
