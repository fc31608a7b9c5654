import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import { uniqueIdBytes } from '../../codec/unique-id.js';
import { callRetrying, callSync, type RetryOptions } from '../call.js';
import type { CheckedOptions, SyncOptions } from '../options.js';

const RETRY = { retries: 0, retryDelayMs: 1000 };

/**
 * Ends one session, not all of its target. Windows refuses with `ISDSC_DEVICE_BUSY_ON_SESSION` while a disk of the
 * session is in use, and for some seconds after writes: `retries` makes it try again, every second unless the options
 * say otherwise. Rejects with `ISDSC_INVALID_SESSION_ID` where there is no such session, and as `getIScsiSessionList`
 * does.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-logoutiscsitarget
 */
export async function logoutIScsiTarget(sessionId: string, options?: RetryOptions): Promise<void> {
  const id = uniqueIdBytes(sessionId);
  return callRetrying(options, RETRY, checked => logout(checked, id));
}

/**
 * Ends one session, not all of its target. Blocks the thread, for up to a minute, and does not try again.
 * Throws what `logoutIScsiTarget` rejects with, save for the ends of patience.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-logoutiscsitarget
 */
export function logoutIScsiTargetSync(sessionId: string, options?: SyncOptions): void {
  const id = uniqueIdBytes(sessionId);
  callSync(options, checked => logout(checked, id));
}

function logout({ library }: CheckedOptions, id: Buffer): Procedure<void> {
  return simpleCall(nativeCall(library, 'LogoutIScsiTarget', id));
}
