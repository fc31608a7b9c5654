import { GrowingReply, structListExport } from '../../call/growing-reply.js';
import type { Procedure } from '../../call/procedure.js';
import { Source } from '../../codec/source.js';
import { callAsync, callSync } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';
import { TARGET_MAPPING, type TargetMapping } from './mapping.js';

/**
 * Returns the SCSI addresses that Windows assigned to the targets that are logged in, and to their LUNs. Rejects with the
 * errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportactiveiscsitargetmappingsw
 */
export async function reportActiveIScsiTargetMappings(options?: AsyncOptions): Promise<TargetMapping[]> {
  return await callAsync(options, targetMappings);
}

/**
 * Returns the SCSI addresses that Windows assigned to the targets that are logged in, and to their LUNs. Blocks the
 * thread. Throws the same errors as `reportActiveIScsiTargetMappings`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportactiveiscsitargetmappingsw
 */
export function reportActiveIScsiTargetMappingsSync(options?: SyncOptions): TargetMapping[] {
  return callSync(options, targetMappings);
}

const LISTS = {
  A: structListExport('ReportActiveIScsiTargetMappingsA', () => TARGET_MAPPING.in('A').size),
  W: structListExport('ReportActiveIScsiTargetMappingsW', () => TARGET_MAPPING.in('W').size),
};

export function targetMappings({ library, form, decodeAnsi }: CheckedOptions): Procedure<TargetMapping[]> {
  return new GrowingReply(library, LISTS[form], ({ reply, count: [count = 0] }) =>
    TARGET_MAPPING.in(form).readHead(new Source(reply, decodeAnsi), count, 'MappingCount'),
  );
}
