import { GrowingReply, structListExport } from '../../call/growing-reply.js';
import type { Procedure } from '../../call/procedure.js';
import { Source } from '../../codec/source.js';
import { callAsync, callSync } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';
import { SESSION_INFO_EX, type SessionInfoEx } from './negotiated-session.js';

/**
 * Returns what was negotiated for each session and connection, to be joined with the session list by `sessionId`. Not
 * every Windows has the function: rejects with `ERR_ISCSIDSC_MISSING_EXPORT` if not, and with the errors of
 * `getIScsiSessionList`.
 *
 * Microsoft has no page for it; the values are those of a WMI class of the driver:
 * https://learn.microsoft.com/windows-hardware/drivers/storage/iscsi-sessionstaticinfo-wmi-class
 */
export async function getIScsiSessionListEx(options?: AsyncOptions): Promise<SessionInfoEx[]> {
  return await callAsync(options, sessionListEx);
}

/**
 * Returns what was negotiated for each session and connection. Blocks the thread. Throws the same errors as
 * `getIScsiSessionListEx`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows-hardware/drivers/storage/iscsi-sessionstaticinfo-wmi-class
 */
export function getIScsiSessionListExSync(options?: SyncOptions): SessionInfoEx[] {
  return callSync(options, sessionListEx);
}

const LIST = structListExport('GetIScsiSessionListEx', () => SESSION_INFO_EX.in('W').size);

export function sessionListEx({ library }: CheckedOptions): Procedure<SessionInfoEx[]> {
  return new GrowingReply(library, LIST, ({ reply, count: [count = 0] }) =>
    SESSION_INFO_EX.in('W').readHead(new Source(reply), count, 'SessionCount'),
  );
}
