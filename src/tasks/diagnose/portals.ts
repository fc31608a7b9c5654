import { samePortal } from '../../portal.js';
import { failureOf } from './failure.js';
import { counted, type Finding, notChecked, ok, warning } from './finding.js';
import type { Machine } from './machine.js';
import type { Names } from './names.js';

// As in `SendTargets:*10.0.0.10 0003260 ROOT\ISCSIPRT\0000_0 `, the one form of which a sample was found.
const SEND_TARGETS = /^SendTargets:\*?(?<address>\S+) (?<socket>\d+) /;

/** The portal that a target was found through; null for another way, or another form. */
export function portalOfMechanism(text: string): { address: string; socket: number } | null {
  const { address, socket } = SEND_TARGETS.exec(text)?.groups ?? {};
  return address === undefined ? null : { address, socket: Number(socket) };
}

/**
 * Checks which portals have told of targets. To ask a portal again would change the list of targets and can take a
 * minute, so this compares what Windows has kept: the ways in which it found each target.
 */
export function checkPortals({ portals, targets, mechanisms }: Machine, names: Names): Finding {
  const why =
    'Windows asks each portal when its service starts. One that does not answer delays that, and its targets are not found. No portal was asked for this check: it goes by the ways in which Windows found its targets.';
  const error = portals.error ?? targets.error ?? mechanisms.error;
  if (portals.value === undefined || error !== undefined) {
    return notChecked('portals', 'what the portals have told is', why, failureOf(error, names.isAnonymous));
  }
  const found = [...mechanisms.values.values()].flat().map(portalOfMechanism);
  const silent = portals.value.filter(portal => !found.some(each => each !== null && samePortal(each, portal)));
  const details = {
    portals: portals.value.map(portal => ({ portal: names.portal(portal), hasTargets: !silent.includes(portal) })),
  };
  if (silent.length === 0) {
    return ok('portals', {
      what: `${counted(portals.value.length, 'portal')}, of which each has told of a target.`,
      why,
      details,
    });
  }
  return warning('portals', {
    what: `No target is known from ${silent.map(portal => names.portal(portal)).join(', ')}.`,
    why,
    whatToDo:
      "'iscsidsc portal refresh ADDR' asks a portal again. Remove one that is gone: 'iscsidsc portal remove ADDR'.",
    details,
  });
}
