import { GrowingReply, structListExport } from '../../call/growing-reply.js';
import type { Procedure } from '../../call/procedure.js';
import { readSessionList, SESSION_INFO, type SessionInfo } from '../../codec/session-list.js';
import { callAsync, callSync } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';

/**
 * Returns the active iSCSI sessions of this machine. Rejects with a `StatusError` such as `ISDSC_SERVICE_NOT_RUNNING` or
 * `ERROR_ACCESS_DENIED`, with `ERR_ISCSIDSC_MALFORMED_REPLY`, `ERR_ISCSIDSC_BUFFER_RETRIES`,
 * `ERR_ISCSIDSC_BUFFER_TOO_LARGE`, `ERR_ISCSIDSC_TIMEOUT`, `ERR_ISCSIDSC_INVALID_ARGUMENT` or an `AbortError`, and with
 * `ERR_ISCSIDSC_UNSUPPORTED_PLATFORM` or `ERR_ISCSIDSC_LIBRARY_LOAD` if there is no library to call.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export async function getIScsiSessionList(options?: AsyncOptions): Promise<SessionInfo[]> {
  return await callAsync(options, sessionList);
}

/**
 * Returns the active iSCSI sessions of this machine. Blocks the thread while the service answers. Throws the same errors
 * as `getIScsiSessionList`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export function getIScsiSessionListSync(options?: SyncOptions): SessionInfo[] {
  return callSync(options, sessionList);
}

const LISTS = {
  A: structListExport('GetIScsiSessionListA', () => SESSION_INFO.in('A').size),
  W: structListExport('GetIScsiSessionListW', () => SESSION_INFO.in('W').size),
};

export function sessionList({ library, form, decodeAnsi }: CheckedOptions): Procedure<SessionInfo[]> {
  return new GrowingReply(library, LISTS[form], ({ reply, count: [count = 0] }) =>
    readSessionList(reply, count, decodeAnsi),
  );
}
