import type { Failure } from './failure.js';

/** What a finding is about. The names are stable. */
export type CheckName =
  | 'platform'
  | 'koffi'
  | 'dll'
  | 'elevation'
  | 'service'
  | 'initiatorVersion'
  | 'lists'
  | 'portals'
  | 'loginsToGoneTargets'
  | 'duplicateLogins'
  | 'reconnectingSessions'
  | 'paths'
  | 'disksWithoutMpio'
  | 'initiatorSocketOrder'
  | 'portalGroupSizes'
  | 'loginPasswords'
  | 'loginSessions'
  | 'discoveryMechanisms'
  | 'lunNumbers'
  | 'diskAddresses';

/**
 * How bad it is: a `'problem'` is something that does not work, a `'warning'` something that can become one, that
 * contradicts what this package assumes, or that could not be checked.
 */
export type FindingLevel = 'ok' | 'warning' | 'problem';

/** What one check has found. */
export interface Finding {
  /** The check. */
  check: CheckName;
  /** How bad it is. */
  level: FindingLevel;
  /** What was found, as a sentence. */
  what: string;
  /** Why that matters, as a sentence. */
  why: string;
  /** What to do about it. Null where the level is `'ok'`. */
  whatToDo: string | null;
  /** What it was found by, as plain data for a report. */
  details?: Record<string, unknown>;
}

type Found = Omit<Finding, 'check' | 'level' | 'whatToDo'>;

export function ok(check: CheckName, found: Found): Finding {
  return { check, level: 'ok', ...found, whatToDo: null };
}

export function warning(check: CheckName, found: Found & { whatToDo: string }): Finding {
  return { check, level: 'warning', ...found };
}

export function problem(check: CheckName, found: Found & { whatToDo: string }): Finding {
  return { check, level: 'problem', ...found };
}

/** `1 session`, `2 sessions`. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The finding of a check that lacks an answer. `missing` is what the initiator did not tell. */
export function notChecked(check: CheckName, missing: string, why: string, error: Failure): Finding {
  return warning(check, {
    what: `Not checked, because ${missing} not known: ${error.message}`,
    why,
    whatToDo: error.hint ?? 'Look at the error in the details.',
    details: { error },
  });
}
