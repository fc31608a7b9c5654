import { type DeviceOnSession, isDisk } from '../../api/devices/device.js';
import { nameKey } from '../../api/targets/target-name.js';
import type { SessionInfo } from '../../codec/session-list.js';
import { stateOfSession } from '../session-filter.js';
import { targetOfSession } from '../target-name.js';
import { failureOf } from './failure.js';
import { type CheckName, counted, type Finding, notChecked, ok, problem, warning } from './finding.js';
import type { Machine } from './machine.js';
import type { Names } from './names.js';

const isConnected = (session: SessionInfo) => stateOfSession(session) === 'connected';

/** Checks for sessions without a connection. */
export function checkReconnecting({ sessions }: Machine, names: Names): Finding {
  const check = 'reconnectingSessions';
  const why = 'A session without a connection has lost its target: Windows tries to reconnect it, and its disks wait.';
  if (sessions.value === undefined) return noSessions(check, why, sessions.error, names);
  const byTarget = sessionsByTarget(sessions.value);
  const lost = [...byTarget.values()].filter(each => !each.every(isConnected));
  const total = sessions.value.length;
  const details = {
    sessions: total,
    reconnecting: lost.flatMap(each =>
      each
        .filter(session => !isConnected(session))
        .map(session => ({
          session: names.of('session', session.sessionId),
          target: names.target(targetOfSession(session)),
          hasOtherPath: each.some(isConnected),
        })),
    ),
  };
  if (lost.length === 0) {
    const what = total === 0 ? 'There is no session.' : `Each of ${counted(total, 'session')} is connected.`;
    return ok(check, { what, why, details });
  }
  const list = details.reconnecting.map(({ session, target }) => `${target} (session ${session})`).join(', ');
  const found = {
    what: `${counted(details.reconnecting.length, 'session')} without a connection: ${list}.`,
    why,
    whatToDo:
      "Check the network to the target, and whether the target still exists. 'iscsidsc session logout SESSION' ends a session that is not needed any more.",
    details,
  };
  return lost.every(each => each.some(isConnected)) ? warning(check, found) : problem(check, found);
}

/** Checks for targets with one path where others have more. */
export function checkPaths({ sessions, negotiated }: Machine, names: Names): Finding {
  const check = 'paths';
  const why = 'A disk with one path is gone when that path is lost.';
  if (sessions.value === undefined) return noSessions(check, why, sessions.error, names);
  const types = new Map(negotiated.value?.map(({ sessionId, type }) => [sessionId, type]));
  // Sessions of other types have no disks. Where the type is not known, nearly all sessions are for data.
  const isForData = ({ sessionId }: SessionInfo) => {
    const type = types.get(sessionId);
    return type === undefined || type === 'data' || type === 'boot';
  };
  const forData = sessions.value.filter(isForData);
  const targets = [...sessionsByTarget(forData.filter(isConnected)).values()].map(each => ({
    target: names.target(targetOfSession(each[0] as SessionInfo)),
    paths: each.reduce((sum, { connections }) => sum + connections.length, 0),
  }));
  const most = Math.max(0, ...targets.map(({ paths }) => paths));
  const alone = targets.filter(({ paths }) => paths === 1).map(({ target }) => target);
  const details = { targets };
  if (most < 2 || alone.length === 0) {
    const count = most < 2 ? 'No target has more than one path' : 'Each target has more than one path';
    return ok(check, { what: targets.length === 0 ? 'No target is connected.' : `${count}.`, why, details });
  }
  return warning(check, {
    what: `One path, where another target has ${most}: ${alone.join(', ')}.`,
    why,
    whatToDo:
      "If the target has a second portal and MPIO is set up, 'iscsidsc target login IQN --portal ADDR --multipath' adds a path.",
    details,
  });
}

/** Checks for disks that two sessions show twice. */
export function checkDisks({ sessions, devices }: Machine, names: Names): Finding {
  const check = 'disksWithoutMpio';
  const why =
    'Without MPIO, each session with a target shows its disks anew. Writing to two of them that are one destroys its data.';
  if (sessions.value === undefined) return noSessions(check, why, sessions.error, names);
  const byLun = new Map<string, Seen>();
  for (const [session, list] of devices.values) {
    for (const device of list.filter(isDisk)) seeDisk(byLun, session, device);
  }
  const twice = [...byLun.values()].filter(({ numbers, sessionIds }) => numbers.size > 1 && sessionIds.size > 1);
  const details = {
    disks: byLun.size,
    twice: twice.map(({ target, lun, numbers }) => ({
      target: names.target(target),
      lun,
      deviceNumbers: [...numbers],
    })),
  };
  if (twice.length > 0) {
    const list = details.twice.map(
      ({ target, deviceNumbers }) => `${deviceNumbers.map(number => `disk ${number}`).join(' and ')} of ${target}`,
    );
    return problem(check, {
      what: `One disk is there more than once: ${list.join(', ')}.`,
      why,
      whatToDo:
        "End all sessions with the target but one ('iscsidsc session logout SESSION'), or set up MPIO: Enable-MSDSMAutomaticClaim -BusType iSCSI, and a restart.",
      details,
    });
  }
  if (devices.error !== undefined) {
    return notChecked(check, 'the devices of a session are', why, failureOf(devices.error, names.isAnonymous));
  }
  return ok(check, { what: `Of ${counted(byLun.size, 'disk')}, none is there twice.`, why, details });
}

interface Seen {
  readonly target: string | null;
  readonly lun: number;
  readonly numbers: Set<number>;
  readonly sessionIds: Set<string>;
}

function seeDisk(
  byLun: Map<string, Seen>,
  session: SessionInfo,
  { scsiAddress, storageDeviceNumber }: DeviceOnSession,
): void {
  const { lun } = scsiAddress;
  const key = `${targetKey(session)}/${lun}`;
  const seen = byLun.get(key) ?? { target: targetOfSession(session), lun, numbers: new Set(), sessionIds: new Set() };
  seen.numbers.add(storageDeviceNumber.deviceNumber);
  seen.sessionIds.add(session.sessionId);
  byLun.set(key, seen);
}

function sessionsByTarget(sessions: readonly SessionInfo[]): Map<string, SessionInfo[]> {
  const byTarget = new Map<string, SessionInfo[]>();
  for (const session of sessions)
    byTarget.set(targetKey(session), [...(byTarget.get(targetKey(session)) ?? []), session]);
  return byTarget;
}

/** A session without a target's name is alone. */
function targetKey(session: SessionInfo): string {
  const name = targetOfSession(session);
  return name === null ? `session ${session.sessionId}` : `target ${nameKey(name)}`;
}

function noSessions(check: CheckName, why: string, error: unknown, { isAnonymous }: Names): Finding {
  return notChecked(check, 'the sessions are', why, failureOf(error, isAnonymous));
}
