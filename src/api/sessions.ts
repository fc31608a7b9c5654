import { growingReply } from '../call/growing-reply.js';
import { stateOf } from '../call/library-state.js';
import { nativeCall, type Procedure } from '../call/procedure.js';
import { runAsync } from '../call/run-async.js';
import { runSync } from '../call/run-sync.js';
import { layoutOf } from '../memory/layout.js';
import { readSessionList, type SessionInfo } from '../memory/session-list.js';
import type { Library } from '../native/library.js';
import { type AsyncOptions, checkAsyncOptions, checkSyncOptions, type SyncOptions } from './options.js';

/**
 * The active iSCSI sessions of this machine, asked for off the event loop.
 * Rejects with an `IscsiError` such as `ISDSC_SERVICE_NOT_RUNNING` or `ERROR_ACCESS_DENIED`, with
 * `ERR_ISCSIDSC_MALFORMED_REPLY`, `ERR_ISCSIDSC_BUFFER_RETRIES`, `ERR_ISCSIDSC_BUFFER_TOO_LARGE`,
 * `ERR_ISCSIDSC_TIMEOUT`, `ERR_ISCSIDSC_INVALID_ARGUMENT`, an `AbortError`, or as the library cannot be loaded.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export async function getIScsiSessionList(options?: AsyncOptions): Promise<SessionInfo[]> {
  const { library, ansi, patience } = checkAsyncOptions(options);
  return runAsync(stateOf(library).gate, sessionList(library, ansi), patience);
}

/**
 * The active iSCSI sessions of this machine. Blocks the thread, for as long as the service takes.
 * Throws what `getIScsiSessionList` rejects with, save for the ends of patience.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsisessionlistw
 */
export function getIScsiSessionListSync(options?: SyncOptions): SessionInfo[] {
  const { library, ansi } = checkSyncOptions(options);
  return runSync(sessionList(library, ansi));
}

function sessionList(library: Library, ansi: boolean): Procedure<SessionInfo[]> {
  const syscall = ansi ? 'GetIScsiSessionListA' : 'GetIScsiSessionListW';
  const { size: structSize } = layoutOf('ISCSI_SESSION_INFOW');
  return growingReply(
    library,
    { syscall, structSize, call: (size, count, buffer) => nativeCall(library, syscall, size, count, buffer) },
    ({ reply, count: [count] }) =>
      readSessionList(reply, count as number, ansi ? bytes => library.decodeAnsi(bytes) : undefined),
  );
}
