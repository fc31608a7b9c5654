import { nativeCall, simpleCall } from '../../call/procedure.js';
import { MAX_ISCSI_NAME_LEN } from '../../header/constants.js';
import { bothForms } from '../../native/types.js';
import { callAsync, withArguments } from '../call.js';
import type { AsyncOptions } from '../options.js';

const SET = bothForms('SetIScsiInitiatorNodeName');

/**
 * Changes the node name of this machine's initiator; null makes it the default again, which has the name of the computer
 * in it. Sessions keep the old name until their next login, and targets that let in only the old one refuse it then.
 * `onWarning` is called with `ISDSC_OPERATION_REQUIRES_REBOOT` if an adapter takes it only after a restart. Rejects with
 * `ISDSC_INVALID_ISCSI_NAME` for an invalid name, and with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-setiscsiinitiatornodenamew
 */
export async function setIScsiInitiatorNodeName(name: string | null, options?: AsyncOptions): Promise<void> {
  return await callAsync(options, checked =>
    withArguments(checked, memory => {
      const text = name === null ? null : memory.name('name', name, MAX_ISCSI_NAME_LEN);
      return simpleCall(nativeCall(checked.library, SET[checked.form], text));
    }),
  );
}
