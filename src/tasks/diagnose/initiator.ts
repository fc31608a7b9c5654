import { failureOf, isDenied } from './failure.js';
import { type Finding, notChecked, ok, problem, warning } from './finding.js';
import type { Machine } from './machine.js';
import type { Names } from './names.js';

/** Checks the version of the initiator. */
export function checkVersion({ version: { value, error } }: Machine, { isAnonymous }: Names): Finding {
  const why = 'Some versions of Windows lack functions, or answer otherwise.';
  if (value === undefined) {
    return notChecked('initiatorVersion', 'the version of the initiator is', why, failureOf(error, isAnonymous));
  }
  const { majorVersion, minorVersion, buildNumber } = value;
  const what = `The initiator has version ${majorVersion}.${minorVersion}.${buildNumber}.`;
  return ok('initiatorVersion', { what, why, details: { ...value } });
}

/** Checks whether the program has the rights of an administrator. */
export function checkElevation(machine: Machine, { isAnonymous }: Names): Finding {
  const {
    isElevated: { value, error },
    sessions,
  } = machine;
  const why =
    'Windows refuses changes, and usually reading as well, to a program without the rights of an administrator.';
  if (value === undefined) {
    return notChecked('elevation', 'the rights of the program are', why, failureOf(error, isAnonymous));
  }
  const isRefused = isDenied(sessions.error);
  const details = {
    isElevated: value,
    canListSessions: sessions.value !== undefined,
    ...(!value && { answered: answered(machine) }),
  };
  if (value && !isRefused) return ok('elevation', { what: 'The program runs as an administrator.', why, details });
  const whatToDo = 'Run the program as an administrator (elevated).';
  if (!isRefused) {
    const what = 'The program does not run as an administrator, but may list the sessions.';
    return warning('elevation', { what, why, whatToDo, details });
  }
  const what = value ? 'Windows refuses an administrator.' : 'The program does not run as an administrator.';
  return problem('elevation', { what, why, whatToDo, details });
}

/** Checks that the service runs, and that it will after a restart. */
export function checkService(machine: Machine, { isAnonymous }: Names): Finding {
  const {
    service: { value, error },
    logins,
  } = machine;
  const check = 'service';
  const why =
    'The service MSiSCSI answers every call and makes the persistent logins. It does not start by itself when it is called.';
  if (value === undefined) {
    const failure = failureOf(error, isAnonymous);
    if (failure.code !== 'ERROR_SERVICE_DOES_NOT_EXIST')
      return notChecked(check, 'the state of the service is', why, failure);
    const whatToDo = failure.hint ?? 'This Windows has no iSCSI initiator.';
    return problem(check, { what: 'There is no service MSiSCSI.', why, whatToDo, details: { error: failure } });
  }
  const { state, startType } = value;
  const details = { state, startType, ...(state !== 'running' && { answered: answered(machine) }) };
  if (state !== 'running') {
    const found = { why, whatToDo: "'iscsidsc service start' or startInitiatorService() starts it.", details };
    const isOnItsWay = state === 'startPending' || state === 'continuePending';
    return isOnItsWay
      ? warning(check, { ...found, what: 'The service MSiSCSI is about to start.', whatToDo: 'Wait, and check again.' })
      : problem(check, { ...found, what: `The service MSiSCSI does not run: its state is ${state}.` });
  }
  if (startType === 'automatic' || logins.value?.length === 0) {
    return ok(check, { what: `The service MSiSCSI runs. Its start type is ${startType}.`, why, details });
  }
  return warning(check, {
    what: `The service MSiSCSI runs, but its start type is ${startType}: after a restart there are no sessions.`,
    why,
    whatToDo: "'iscsidsc service start --automatic' or startInitiatorService({ automatic: true }) changes that.",
    details,
  });
}

/** What was answered all the same: which functions need the service and the rights is not documented of each. */
function answered({ version, sessions, negotiated, targets, portals, logins, mappings }: Machine): string[] {
  const questions = { version, sessions, negotiated, targets, portals, logins, mappings };
  return Object.entries(questions).flatMap(([name, { value }]) => (value === undefined ? [] : [name]));
}
