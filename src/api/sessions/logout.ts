import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import { parseUniqueId, type UniqueId, uniqueIdMemory } from '../../codec/unique-id.js';
import { callRetrying, type RetryOptions } from '../call.js';
import type { CheckedOptions } from '../options.js';

const RETRY = { retries: 0, retryDelayMs: 1000 };

/**
 * Ends one session, not all of its target. Windows refuses with `ISDSC_DEVICE_BUSY_ON_SESSION` while a disk of the
 * session is in use, and for some seconds after writes: `retries` (default 0) makes it try again, `retryDelayMs` (default
 * 1,000) apart. Can take a minute. Rejects with `ISDSC_INVALID_SESSION_ID` if there is no such session, and with the
 * errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-logoutiscsitarget
 */
export async function logoutIScsiTarget(sessionId: string, options?: RetryOptions): Promise<void> {
  const id = parseUniqueId(sessionId);
  return await callRetrying(options, RETRY, checked => logout(checked, id));
}

export function* logout({ library }: CheckedOptions, id: UniqueId): Procedure<void> {
  yield* simpleCall(nativeCall(library, 'LogoutIScsiTarget', uniqueIdMemory(id)));
}
