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
export function checkElevation({ isElevated: { value, error }, sessions }: Machine, { isAnonymous }: Names): Finding {
  const why =
    'Windows refuses changes, and usually reading as well, to a program without the rights of an administrator.';
  if (value === undefined) {
    return notChecked('elevation', 'the rights of the program are', why, failureOf(error, isAnonymous));
  }
  const isRefused = isDenied(sessions.error);
  const details = { isElevated: value, canListSessions: sessions.value !== undefined };
  if (value && !isRefused) return ok('elevation', { what: 'The program runs as an administrator.', why, details });
  const whatToDo = 'Run the program as an administrator (elevated).';
  if (!isRefused) {
    const what = 'The program does not run as an administrator, but may list the sessions.';
    return warning('elevation', { what, why, whatToDo, details });
  }
  const what = value ? 'Windows refuses an administrator.' : 'The program does not run as an administrator.';
  return problem('elevation', { what, why, whatToDo, details });
}
