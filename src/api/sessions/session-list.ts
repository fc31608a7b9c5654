import { GrowingReply, structListExport } from '../../call/growing-reply.js';
import type { Procedure } from '../../call/procedure.js';
import { readSessionList, SESSION_INFO, type SessionInfo } from '../../codec/session-list.js';
import { callAsync, callSync } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';

/**
 * The active iSCSI sessions of this machine, asked for off the event loop.
 * Rejects with an `StatusError` such as `ISDSC_SERVICE_NOT_RUNNING` or `ERROR_ACCESS_DENIED`, with
 * `ERR_ISCSIDSC_MALFORMED_REPLY`, `ERR_ISCSIDSC_BUFFER_RETRIES`, `ERR_ISCSIDSC_BUFFER_TOO_LARGE`,
 * `ERR_ISCSIDSC_TIMEOUT`, `ERR_ISCSIDSC_INVALID_ARGUMENT`, an `AbortError`, or as the library cannot be loaded.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export async function getIScsiSessionList(options?: AsyncOptions): Promise<SessionInfo[]> {
  return await callAsync(options, sessionList);
}

/**
 * The active iSCSI sessions of this machine. Blocks the thread, for as long as the service takes.
 * Throws what `getIScsiSessionList` rejects with, save for the ends of patience.
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
