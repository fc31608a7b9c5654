import { isDisk, isOfMpio } from '../../api/devices/device.js';
import { lunNumber } from '../../codec/lun.js';
import { lunsAt } from '../disk-survey.js';
import { failureOf } from './failure.js';
import { counted, type Finding, notChecked, ok, warning } from './finding.js';
import type { Machine } from './machine.js';
import type { Names } from './names.js';
import { portalOfMechanism } from './portals.js';

// What this package assumes of Windows and nobody has verified: each of these says what this machine shows of it.

const REPORT = "Report it at https://github.com/iscsidsc/iscsidsc/issues, with the output of 'iscsidsc doctor --json'.";
const UNVERIFIED = 'No document says this, so a report from a real machine settles it.';
const MOST_SHOWN = 32;

/** The order of the two bytes of `initiatorSocket`. */
export function checkSocketOrder({ sessions }: Machine, { isAnonymous }: Names): Finding {
  const check = 'initiatorSocketOrder';
  const why = `The two bytes of initiatorSocket looked swapped in every sample so far. ${UNVERIFIED}`;
  if (sessions.value === undefined)
    return notChecked(check, 'the sessions are', why, failureOf(sessions.error, isAnonymous));
  const sockets = sessions.value.flatMap(({ connections }) =>
    connections.map(({ initiatorSocket }) => initiatorSocket),
  );
  const orders = new Set(sockets.flatMap(socket => orderOf(socket) ?? []));
  const shows = orders.size === 0 ? 'nothing' : [...orders].join(' and ');
  const details = {
    shows,
    sockets: sockets.slice(0, MOST_SHOWN).map(asReported => ({ asReported, swapped: swapped(asReported) })),
  };
  if (orders.has('as reported')) {
    const what =
      'A connection has an initiatorSocket that is a port as it is reported, and none with its bytes swapped.';
    return warning(check, { what, why, whatToDo: REPORT, details });
  }
  const what = orders.has('swapped')
    ? 'A connection has an initiatorSocket that is a port only with its bytes swapped, as expected.'
    : `${counted(sockets.length, 'connection')}, of which none shows the order of the bytes of initiatorSocket.`;
  return ok(check, { what, why, details });
}

// Windows takes the ports of outgoing connections from here on, unless netsh has set another range.
const FIRST_DYNAMIC_PORT = 49152;

function orderOf(socket: number): 'as reported' | 'swapped' | undefined {
  const [isPort, isSwapped] = [socket, swapped(socket)].map(port => port >= FIRST_DYNAMIC_PORT);
  if (isPort === isSwapped) return undefined;
  return isPort ? 'as reported' : 'swapped';
}

function swapped(socket: number): number {
  return ((socket & 0xff) << 8) | ((socket >> 8) & 0xff);
}

/** How far it is from one portal group to the next. */
export function checkPortalGroups({ portalGroups, mechanisms, targets }: Machine, { isAnonymous }: Names): Finding {
  const check = 'portalGroupSizes';
  const why = `The header and Microsoft's iscsicli disagree about 4 bytes behind a portal group with an even number of portals. ${UNVERIFIED}`;
  const answers = [...portalGroups.values.values()];
  const error = targets.error ?? (answers.length === 0 ? (mechanisms.error ?? portalGroups.error) : undefined);
  if (error !== undefined)
    return notChecked(check, 'the portal groups of the targets are', why, failureOf(error, isAnonymous));
  const shown = [...new Set(answers.flatMap(({ fits }) => (fits.length === 1 ? fits : [])))];
  const odd = answers.filter(({ length, fits }) => length > 0 && fits.length === 0);
  const details = { shows: shown.join(' and ') || 'nothing', answers: answers.slice(0, MOST_SHOWN) };
  if (odd.length > 0 || shown.length > 1) {
    const what =
      odd.length > 0
        ? 'The size of an answer with portal groups fits neither of the two.'
        : 'The sizes of answers with portal groups fit one of the two here, and the other there.';
    return warning(check, { what, why, whatToDo: REPORT, details });
  }
  const what =
    shown[0] === undefined
      ? `${counted(answers.length, 'answer')} with portal groups, of which none shows their sizes.`
      : `Portal groups lie as ${shown[0] === 'header' ? 'the header has them' : 'iscsicli reads them'}.`;
  return ok(check, { what, why, details });
}

/** Whether persistent logins come with their passwords. */
export function checkPasswords({ passwords, logins }: Machine, { isAnonymous }: Names): Finding {
  const check = 'loginPasswords';
  const why = `The passwords of persistent logins are expected to stay in the service, as those of portals do. ${UNVERIFIED}`;
  if (passwords.value === undefined)
    return notChecked(check, 'the persistent logins are', why, failureOf(passwords.error, isAnonymous));
  const details = { logins: logins.value?.length ?? null, withPassword: passwords.value };
  if (passwords.value === 0) return ok(check, { what: 'No persistent login comes with a password.', why, details });
  const what = `${counted(passwords.value, 'persistent login')} came with a password, which was not read.`;
  return warning(check, { what, why, whatToDo: REPORT, details });
}

/** Whether the session that a persistent login names is live. */
export function checkLoginSessions({ logins, sessions }: Machine, { isAnonymous }: Names): Finding {
  const check = 'loginSessions';
  const why = `The session that a persistent login names in its mappings is expected to be live. ${UNVERIFIED}`;
  if (logins.value === undefined || sessions.value === undefined) {
    return notChecked(
      check,
      'the persistent logins and the sessions are',
      why,
      failureOf(logins.error ?? sessions.error, isAnonymous),
    );
  }
  const live = new Set(sessions.value.map(({ sessionId }) => sessionId));
  const named = logins.value.flatMap(({ mappings }) => mappings?.sessionId ?? []);
  const liveOnes = named.filter(id => live.has(id)).length;
  const details = {
    logins: logins.value.length,
    withMappings: logins.value.filter(({ mappings }) => mappings !== null).length,
    withSession: named.length,
    withLiveSession: liveOnes,
  };
  if (liveOnes < named.length) {
    const what = `${counted(named.length - liveOnes, 'persistent login')} with a session that is not live.`;
    return warning(check, { what, why, whatToDo: REPORT, details });
  }
  const what =
    named.length === 0
      ? 'No persistent login names a session.'
      : `${counted(named.length, 'persistent login')} with a session, which is live.`;
  return ok(check, { what, why, details });
}

/** How Windows writes the ways in which it found targets. */
export function checkMechanisms({ mechanisms, targets }: Machine, { isAnonymous }: Names): Finding {
  const check = 'discoveryMechanisms';
  const why = `The text for a portal is known from one sample, those for other ways from none. ${UNVERIFIED}`;
  const texts = [...mechanisms.values.values()].flat();
  const error = targets.error ?? (texts.length === 0 ? mechanisms.error : undefined);
  if (error !== undefined)
    return notChecked(check, 'the ways in which targets were found are', why, failureOf(error, isAnonymous));
  const shapes = new Map<string, number>();
  for (const text of texts) shapes.set(shapeOf(text), (shapes.get(shapeOf(text)) ?? 0) + 1);
  const details = { shapes: Object.fromEntries([...shapes].slice(0, MOST_SHOWN)) };
  if (texts.some(text => text.startsWith('SendTargets') && portalOfMechanism(text) === null)) {
    const what = 'Windows writes the portal of a target in another way than expected.';
    return warning(check, { what, why, whatToDo: REPORT, details });
  }
  const what = `${counted(texts.length, 'discovery mechanism')} in ${counted(shapes.size, 'form')}.`;
  return ok(check, { what, why, details });
}

/** The words that Windows puts before a name, and the marks around it: the names are left out. */
function shapeOf(text: string): string {
  const [word = ''] = /^(SendTargets|iSNS|HBA|Static Target)/.exec(text) ?? [];
  return word + text.slice(word.length).replace(/[^\s:*]+/g, part => (/^\d{7}$/.test(part) ? '0000000' : 'x'));
}

/** How the LUNs of a target are written in mappings. */
export function checkLunNumbers({ mappings }: Machine, { isAnonymous }: Names): Finding {
  const check = 'lunNumbers';
  const why = `LUN 1 is expected as 100 in mappings: the eight bytes that a target is sent, read from the last to the first. ${UNVERIFIED}`;
  if (mappings.value === undefined)
    return notChecked(check, 'the mappings are', why, failureOf(mappings.error, isAnonymous));
  const luns = mappings.value.flatMap(({ lunList }) => lunList);
  // LUN 0 is 0 in any order.
  const telling = luns.filter(({ osLun }) => osLun > 0);
  const plain = telling.filter(({ osLun, targetLun }) => BigInt(`0x${targetLun}`) === BigInt(osLun));
  const expected = telling.filter(({ osLun, targetLun }) => lunNumber(BigInt(`0x${targetLun}`)) === osLun);
  const details = { luns: luns.slice(0, MOST_SHOWN).map(({ osLun, targetLun }) => ({ osLun, targetLun })) };
  if (plain.length > 0) {
    const what = 'A mapping has the plain number of a LUN.';
    return warning(check, { what, why, whatToDo: REPORT, details });
  }
  const what =
    expected.length > 0
      ? 'Mappings have LUNs as expected.'
      : `${counted(luns.length, 'mapped LUN')}, of which none shows how it is written.`;
  return ok(check, { what, why, details });
}

/** Whether the disks have the SCSI addresses of LUNs, which tell the LUN of a disk. */
export function checkDiskAddresses({ sessions, devices, mappings }: Machine, { isAnonymous }: Names): Finding {
  const check = 'diskAddresses';
  const why = `A disk is expected at the SCSI address of a LUN of its session, one of MPIO as well: without that, its LUN is known only where the session has a single one. ${UNVERIFIED}`;
  const error = sessions.error ?? mappings.error ?? (devices.values.size === 0 ? devices.error : undefined);
  if (mappings.value === undefined || error !== undefined)
    return notChecked(check, 'the disks and the mappings of LUNs are', why, failureOf(error, isAnonymous));
  const disks = [...devices.values].flatMap(([{ sessionId }, list]) => {
    const own = mappings.value.filter(mapping => mapping.sessionId === sessionId);
    return list.filter(isDisk).map(disk => ({
      isMultipath: isOfMpio(disk),
      isMapped: own.some(mapping => lunsAt(mapping, disk).length > 0),
    }));
  });
  const elsewhere = disks.filter(({ isMapped }) => !isMapped);
  const countOfMpio = (list: typeof disks) => list.filter(({ isMultipath }) => isMultipath).length;
  const details = {
    ...{ disks: disks.length, disksOfMpio: countOfMpio(disks) },
    ...{ elsewhere: elsewhere.length, elsewhereOfMpio: countOfMpio(elsewhere) },
  };
  if (elsewhere.length > 0) {
    const what = `${elsewhere.length} of ${counted(disks.length, 'disk')} at a SCSI address that no mapping has, ${details.elsewhereOfMpio} of them made by MPIO.`;
    return warning(check, { what, why, whatToDo: REPORT, details });
  }
  const what = disks.length === 0 ? 'There is no disk.' : 'Each disk has the SCSI address of a LUN, as expected.';
  return ok(check, { what, why, details });
}
