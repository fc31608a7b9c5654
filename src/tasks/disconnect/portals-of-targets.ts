import type { CheckedOptions } from '../../api/options.js';
import { type SendTargetPortal, sendTargetPortals } from '../../api/portals/send-target-portals.js';
import { targetInformation } from '../../api/targets/target-information.js';
import { targetList } from '../../api/targets/target-list.js';
import { sameName } from '../../api/targets/target-name.js';
import { targetPortals } from '../../api/targets/target-portals.js';
import type { Procedure } from '../../call/procedure.js';
import { sameAddress, samePortal } from '../../portal.js';
import { isStatus } from '../removal.js';

/**
 * The registered portals that lead to targets of these names, and to no other target that Windows knows. Rejects if it
 * cannot find out: a portal that others need must not be removed.
 */
export function* portalsToNothingElse(
  checked: CheckedOptions,
  targetNames: readonly string[],
): Procedure<SendTargetPortal[]> {
  const registered = yield* sendTargetPortals(checked);
  const listed = yield* targetList(checked, {});
  const isOne = (name: string) => targetNames.some(each => sameName(each, name));
  const leading = new Set<SendTargetPortal>();
  const needed = new Set<SendTargetPortal>();
  // One that is hidden is not in the list.
  for (const name of [...targetNames, ...listed.filter(each => !isOne(each))]) {
    for (const portal of yield* portalsTo(checked, name, registered)) (isOne(name) ? leading : needed).add(portal);
  }
  return [...leading].filter(portal => !needed.has(portal));
}

function* portalsTo(
  checked: CheckedOptions,
  targetName: string,
  registered: readonly SendTargetPortal[],
): Procedure<SendTargetPortal[]> {
  try {
    const portals = yield* targetPortals(checked, targetName, {});
    const mechanisms = yield* targetInformation(checked, targetName, 'discoveryMechanisms', {});
    return registered.filter(
      portal =>
        portals.some(each => samePortal(each, portal)) ||
        mechanisms.some(mechanism => isAskedAt(mechanism, portal.address, portal.socket)),
    );
  } catch (error) {
    if (isStatus(error, 'ISDSC_TARGET_NOT_FOUND')) return [];
    throw error;
  }
}

/** `SendTargets:*10.0.0.10 0003260 ROOT\ISCSIPRT\0000_0`: where a target was found whose own portals are others. */
function isAskedAt(mechanism: string, address: string, socket: number): boolean {
  const [, at = '', port] = /^SendTargets:\*?(\S+) (\d+)(?: |$)/.exec(mechanism) ?? [];
  return Number(port) === socket && sameAddress(at, address);
}
