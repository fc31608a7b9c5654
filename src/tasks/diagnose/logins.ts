import type { PersistentLogin } from '../../api/logins/persistent-logins.js';
import { nameKey, sameName } from '../../api/targets/target-name.js';
import { isWithTarget } from '../target-name.js';
import { failureOf } from './failure.js';
import { counted, type Finding, notChecked, ok, warning } from './finding.js';
import type { Machine } from './machine.js';
import type { Names } from './names.js';

/** Checks for persistent logins to targets that are neither listed nor connected. */
export function checkGoneTargets({ logins, targets, sessions }: Machine, names: Names): Finding {
  const why =
    'Windows tries to log in to a target that is gone about once a minute, forever, and waits for it when it starts.';
  const error = logins.error ?? targets.error ?? sessions.error;
  if (logins.value === undefined || targets.value === undefined || sessions.value === undefined) {
    return notChecked(
      'loginsToGoneTargets',
      'the persistent logins and their targets are',
      why,
      failureOf(error, names.isAnonymous),
    );
  }
  const isKnown = ({ targetName }: PersistentLogin) =>
    targets.value.some(name => sameName(name, targetName)) ||
    sessions.value.some(session => isWithTarget(session, targetName));
  const gone = uniqueNames(logins.value.filter(login => !isKnown(login)));
  const details = { logins: logins.value.length, goneTargets: gone.map(name => names.target(name)) };
  if (gone.length === 0) {
    return ok('loginsToGoneTargets', {
      what: `The targets of ${counted(logins.value.length, 'persistent login')} are all known.`,
      why,
      details,
    });
  }
  return warning('loginsToGoneTargets', {
    what: `There are persistent logins to targets that Windows neither lists nor is connected to: ${details.goneTargets.join(', ')}.`,
    why,
    whatToDo: "If the target is gone, 'iscsidsc target forget IQN' or forgetTarget() removes the login.",
    details,
  });
}

/** Checks for persistent logins that are there more than once. */
export function checkDuplicates({ logins }: Machine, names: Names): Finding {
  const why =
    'Windows makes each of them when it starts. Of two with one portal, the second fails, or with multipath makes a session that adds no path.';
  if (logins.value === undefined) {
    return notChecked('duplicateLogins', 'the persistent logins are', why, failureOf(logins.error, names.isAnonymous));
  }
  const counts = new Map<string, { login: PersistentLogin; times: number }>();
  for (const login of logins.value) {
    const { targetPortal, initiatorInstance, initiatorPortNumber, targetName } = login;
    const where = [
      targetPortal.address.toLowerCase(),
      targetPortal.socket,
      initiatorInstance.toLowerCase(),
      initiatorPortNumber,
    ];
    const key = JSON.stringify([nameKey(targetName), ...where]);
    const { times = 0 } = counts.get(key) ?? {};
    counts.set(key, { login, times: times + 1 });
  }
  const duplicates = [...counts.values()].flatMap(({ login, times }) =>
    times === 1 ? [] : [{ target: names.target(login.targetName), portal: names.portal(login.targetPortal), times }],
  );
  const details = { logins: logins.value.length, duplicates };
  if (duplicates.length === 0) {
    return ok('duplicateLogins', {
      what: `Of ${counted(logins.value.length, 'persistent login')}, none is there twice.`,
      why,
      details,
    });
  }
  const list = duplicates.map(({ target, portal, times }) => `${target} through ${portal} (${times} times)`);
  return warning('duplicateLogins', {
    what: `There are equal persistent logins: ${list.join(', ')}.`,
    why,
    whatToDo: "'iscsidsc favorite remove' or removeIScsiPersistentTarget() removes one at a time.",
    details,
  });
}

function uniqueNames(logins: readonly PersistentLogin[]): string[] {
  return [...new Map(logins.map(({ targetName }) => [nameKey(targetName), targetName])).values()];
}
