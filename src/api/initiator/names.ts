import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import { Reply } from '../../codec/source.js';
import { characterSize, stringsOf } from '../../codec/strings.js';
import { bothForms } from '../../native/types.js';
import { callAsync, callSync } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';
import { stringList } from '../string-list.js';

const LIST_SYSCALLS = bothForms('ReportIScsiInitiatorList');

const NODE_NAME_SYSCALLS = bothForms('GetIScsiInitiatorNodeName');

// MAX_ISCSI_NAME_LEN + 1: the export takes no size, and writes at most this many characters.
const NODE_NAME_LENGTH = 224;

/**
 * Returns the node name of this machine's initiator, usually an IQN. Rejects with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsiinitiatornodenamew
 */
export async function getIScsiInitiatorNodeName(options?: AsyncOptions): Promise<string> {
  return await callAsync(options, nodeName);
}

/**
 * Returns the node name of this machine's initiator. Blocks the thread. Throws the same errors as
 * `getIScsiInitiatorNodeName`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getiscsiinitiatornodenamew
 */
export function getIScsiInitiatorNodeNameSync(options?: SyncOptions): string {
  return callSync(options, nodeName);
}

/**
 * Returns the names of the initiators (HBA instances) of this machine, such as `ROOT\ISCSIPRT\0000_0`. Rejects with the
 * errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsiinitiatorlistw
 */
export async function reportIScsiInitiatorList(options?: AsyncOptions): Promise<string[]> {
  return await callAsync(options, initiatorList);
}

/**
 * Returns the names of the initiators (HBA instances) of this machine. Blocks the thread. Throws the same errors as
 * `reportIScsiInitiatorList`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsiinitiatorlistw
 */
export function reportIScsiInitiatorListSync(options?: SyncOptions): string[] {
  return callSync(options, initiatorList);
}

function* nodeName({ library, form, decodeAnsi }: CheckedOptions): Procedure<string> {
  const syscall = NODE_NAME_SYSCALLS[form];
  const bytes = Buffer.allocUnsafeSlow(NODE_NAME_LENGTH * characterSize(form)).fill(0);
  yield* simpleCall(nativeCall(library, syscall, bytes));
  return stringsOf(new Reply(bytes, syscall), decodeAnsi).fixed(0, bytes.length, 'InitiatorNodeName');
}

function initiatorList(options: CheckedOptions): Procedure<string[]> {
  return stringList(options, LIST_SYSCALLS, 'BufferSize');
}
