import type { CheckedOptions } from '../../api/options.js';
import { reportLuns } from '../../api/scsi/capacity.js';
import { inquiry } from '../../api/scsi/inquiry.js';
import type { Procedure } from '../../call/procedure.js';
import { lunNumber } from '../../codec/lun.js';
import { parseUniqueId } from '../../codec/unique-id.js';
import { IscsidscError, isIscsidscError } from '../../errors.js';

// A target with more of them has some that are mapped.
const MOST_INQUIRIES = 16;

/**
 * Asks the target of a session whether a LUN is mapped to this initiator, or the LUN that is wanted. Returns an error if
 * there is none for certain, and `'unknown'` if the target cannot be asked now.
 */
export function* noLunOf(
  checked: CheckedOptions,
  sessionId: string,
  wanted: bigint | undefined,
): Procedure<'mapped' | 'unknown' | IscsidscError> {
  try {
    const id = parseUniqueId(sessionId);
    const { luns } = yield* reportLuns(checked, id);
    const wires = luns.map(({ targetLun }) => BigInt(`0x${targetLun}`));
    const asked = wanted === undefined ? wires : wires.filter(wire => wire === wanted);
    for (const wire of asked.slice(0, MOST_INQUIRIES)) {
      // Most targets report a LUN 0 that is no device to an initiator that has none.
      const { peripheralQualifier } = yield* inquiry(checked, id, wire, {});
      if (peripheralQualifier === 0) return 'mapped';
    }
    return asked.length > MOST_INQUIRIES ? 'mapped' : noLun(wanted, wires);
  } catch (error) {
    // A device refuses its first command after a login, for instance.
    if (isIscsidscError(error)) return 'unknown';
    throw error;
  }
}

function noLun(wanted: bigint | undefined, luns: readonly bigint[]): IscsidscError {
  const what = wanted === undefined ? 'no LUN' : `no LUN ${textOf(wanted)}`;
  const others = wanted === undefined || luns.length === 0 ? '' : ` It reports ${luns.map(textOf).join(', ')}.`;
  return new IscsidscError('ERR_ISCSIDSC_NO_LUN', `The target has ${what} for this initiator.${others}`, {
    hint: 'Map a LUN to the node name of this machine at the target, which getIScsiInitiatorNodeName returns.',
  });
}

function textOf(lun: bigint): string {
  return String(lunNumber(lun) ?? `0x${lun.toString(16)}`);
}
