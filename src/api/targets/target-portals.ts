import { type Check, STRING_OR_NULL, wholeNumber } from '../../arguments.js';
import { GrowingReply } from '../../call/growing-reply.js';
import type { Procedure } from '../../call/procedure.js';
import { Source } from '../../codec/source.js';
import { Struct } from '../../codec/struct.js';
import { bothForms } from '../../native/types.js';
import { callAsyncWith, callSyncWith, withArguments } from '../call.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';
import { PORTAL_FIELDS, type TargetPortal } from '../portals/portal.js';

/** Which portals of a target are asked for. */
export interface WhichPortals {
  /** The initiator that found them. Defaults to any: NULL. */
  readonly initiatorName?: string | null | undefined;
  /** The portal group. Defaults to all: NULL. */
  readonly targetPortalTag?: number | undefined;
}

const CHECKS: Readonly<Record<keyof WhichPortals, Check>> = {
  initiatorName: STRING_OR_NULL,
  targetPortalTag: wholeNumber(0xffff),
};
/** A portal in a list, where it always has an address. */
export const LISTED_PORTAL = new Struct<TargetPortal>('ISCSI_TARGET_PORTAL#', 'Portals', PORTAL_FIELDS, {
  // ElementCount says how many fit when the call is made: a DLL that does not write it leaves empty structs.
  implausible: ({ address }) => (address === '' ? ['Address', 'the portal has no address'] : undefined),
});

const SYSCALLS = bothForms('ReportIScsiTargetPortals');

/**
 * Returns the portals of a target that Windows knows, IPv4 and IPv6 alike. Rejects with `ISDSC_TARGET_NOT_FOUND` if
 * Windows does not know the target, and with the errors of `getIScsiSessionList`. Microsoft documents `initiatorName` as
 * the node name of the initiator, and no more: whether Windows takes the name of an HBA instance has not been seen.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsitargetportalsw
 */
export async function reportIScsiTargetPortals(
  targetName: string,
  options?: AsyncOptions & WhichPortals,
): Promise<TargetPortal[]> {
  return await callAsyncWith<AsyncOptions & WhichPortals, TargetPortal[]>(options, CHECKS, (checked, which) =>
    targetPortals(checked, targetName, which),
  );
}

/**
 * Returns the portals of a target that Windows knows. Blocks the thread. Throws the same errors as
 * `reportIScsiTargetPortals`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsitargetportalsw
 */
export function reportIScsiTargetPortalsSync(targetName: string, options?: SyncOptions & WhichPortals): TargetPortal[] {
  return callSyncWith<SyncOptions & WhichPortals, TargetPortal[]>(options, CHECKS, (checked, which) =>
    targetPortals(checked, targetName, which),
  );
}

export function targetPortals(
  checked: CheckedOptions,
  targetName: string,
  { initiatorName = null, targetPortalTag }: WhichPortals,
): Procedure<TargetPortal[]> {
  const { library, form, decodeAnsi } = checked;
  const struct = LISTED_PORTAL.in(form);
  const tag = targetPortalTag === undefined ? null : Buffer.allocUnsafeSlow(2);
  tag?.writeUInt16LE(targetPortalTag ?? 0);
  return withArguments(checked, memory => {
    const initiator = memory.string('initiatorName', initiatorName, LONGEST_INITIATOR_NAME);
    const target = memory.targetName(targetName);
    return new GrowingReply(
      library,
      {
        syscall: SYSCALLS[form],
        sizeName: 'ElementCount',
        unit: struct.size,
        arguments: ({ size, buffer }) => [initiator, target, tag, size, buffer],
      },
      ({ reply, size: [count = 0] }) => struct.readHead(new Source(reply, decodeAnsi), count, 'ElementCount'),
    );
  });
}

// That of an HBA instance, the longer of the two that it can be.
const LONGEST_INITIATOR_NAME = 255;
