import { BOOLEAN, type Check } from '../../arguments.js';
import { GrowingReply } from '../../call/growing-reply.js';
import type { Procedure } from '../../call/procedure.js';
import { characterSize, stringsOf } from '../../codec/strings.js';
import { bothForms } from '../../native/types.js';
import { callAsyncWith, callSyncWith } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';

/** Whether to ask the network. */
export interface ForceUpdate {
  /** Asks every portal and iSNS server first, which can take a minute. Defaults to false: what Windows knows. */
  readonly forceUpdate?: boolean | undefined;
}

export const FORCE_UPDATE: Readonly<Record<keyof ForceUpdate, Check>> = {
  forceUpdate: BOOLEAN,
};
const SYSCALLS = bothForms('ReportIScsiTargets');

/**
 * Returns the names of the targets that Windows has discovered, and of static ones. A target that is new behind a known
 * portal is not among them before `forceUpdate: true`. Portals that do not answer make that slow, and can make it a
 * warning. Rejects with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsitargetsw
 */
export async function reportIScsiTargets(options?: AsyncOptions & ForceUpdate): Promise<string[]> {
  return await callAsyncWith<AsyncOptions & ForceUpdate, string[]>(options, FORCE_UPDATE, targetList);
}

/**
 * Returns the names of the targets that Windows has discovered, and of static ones. Blocks the thread, with
 * `forceUpdate: true` for as long as the portals take. Throws the same errors as `reportIScsiTargets`, except
 * `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsitargetsw
 */
export function reportIScsiTargetsSync(options?: SyncOptions & ForceUpdate): string[] {
  return callSyncWith<SyncOptions & ForceUpdate, string[]>(options, FORCE_UPDATE, targetList);
}

export function targetList(
  { library, form, decodeAnsi }: CheckedOptions,
  { forceUpdate = false }: ForceUpdate,
): Procedure<string[]> {
  return new GrowingReply(
    library,
    {
      syscall: SYSCALLS[form],
      sizeName: 'BufferSize',
      unit: characterSize(form),
      // Once is enough: a later attempt reads what the first one found, which takes no time.
      isSlow: attempt => forceUpdate && attempt === 0,
      arguments: ({ size, buffer }, attempt) => [forceUpdate && attempt === 0 ? 1 : 0, size, buffer],
    },
    ({ reply }) => stringsOf(reply, decodeAnsi).list('Buffer'),
  );
}
