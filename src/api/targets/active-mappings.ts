import { structList } from '../../call/growing-reply.js';
import type { Procedure } from '../../call/procedure.js';
import { layoutOf } from '../../codec/layout.js';
import { readTargetMappings, type TargetMapping } from '../../codec/target-mappings.js';
import { callAsync, callSync } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';

/**
 * Where Windows has put the targets that are logged in, and their LUNs. Rejects as `getIScsiSessionList` does.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportactiveiscsitargetmappingsw
 */
export async function reportActiveIScsiTargetMappings(options?: AsyncOptions): Promise<TargetMapping[]> {
  return callAsync(options, mappings);
}

/**
 * Where Windows has put the targets that are logged in, and their LUNs. Blocks the thread.
 * Throws what `reportActiveIScsiTargetMappings` rejects with.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportactiveiscsitargetmappingsw
 */
export function reportActiveIScsiTargetMappingsSync(options?: SyncOptions): TargetMapping[] {
  return callSync(options, mappings);
}

function mappings({ library, form, decodeAnsi }: CheckedOptions): Procedure<TargetMapping[]> {
  const { size } = layoutOf(`ISCSI_TARGET_MAPPING${form}`);
  return structList(library, `ReportActiveIScsiTargetMappings${form}`, size, (reply, count) =>
    readTargetMappings(reply, count, decodeAnsi),
  );
}
