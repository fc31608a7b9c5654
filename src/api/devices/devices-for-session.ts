import { GrowingReply } from '../../call/growing-reply.js';
import type { Procedure } from '../../call/procedure.js';
import { Source } from '../../codec/source.js';
import { parseUniqueId, type UniqueId, uniqueIdMemory } from '../../codec/unique-id.js';
import { bothForms } from '../../native/types.js';
import { callRetrying, callSync, type RetryOptions } from '../call.js';
import type { CheckedOptions, SyncOptions } from '../options.js';
import { DEVICE_ON_SESSION, type DeviceOnSession } from './device.js';

const SYSCALLS = bothForms('GetDevicesForIScsiSession');

const RETRY = { retries: 10, retryDelayMs: 200 };

/**
 * Returns the devices of a session, for example its disks. They appear some time after the session. While the session
 * is busy, it tries again, up to `retries` (default 10) times, `retryDelayMs` (default 200) apart. Rejects with
 * `ISDSC_INVALID_SESSION_ID` if there is no such session, and with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getdevicesforiscsisessionw
 */
export async function getDevicesForIScsiSession(sessionId: string, options?: RetryOptions): Promise<DeviceOnSession[]> {
  const id = parseUniqueId(sessionId);
  return await callRetrying(options, RETRY, checked => deviceList(checked, id));
}

/**
 * Returns the devices of a session. Blocks the thread, and does not retry. Throws the same errors as
 * `getDevicesForIScsiSession`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-getdevicesforiscsisessionw
 */
export function getDevicesForIScsiSessionSync(sessionId: string, options?: SyncOptions): DeviceOnSession[] {
  const id = parseUniqueId(sessionId);
  return callSync(options, checked => deviceList(checked, id));
}

export function deviceList({ library, form, decodeAnsi }: CheckedOptions, id: UniqueId): Procedure<DeviceOnSession[]> {
  const syscall = SYSCALLS[form];
  const struct = DEVICE_ON_SESSION.in(form);
  return new GrowingReply(
    library,
    {
      syscall,
      sizeName: 'DeviceCount',
      unit: struct.size,
      arguments: ({ size, buffer }) => [uniqueIdMemory(id), size, buffer],
    },
    ({ reply, size: [count = 0] }) => struct.readHead(new Source(reply, decodeAnsi), count, 'DeviceCount'),
  );
}
