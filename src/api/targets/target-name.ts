import { invalidArgument } from '../../errors.js';

/** Windows compares names, of targets and of others, without regard to case. */
export function sameName(one: string | null, other: string): boolean {
  return one !== null && nameKey(one) === nameKey(other);
}

/** The same for two names that are the same. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

/** A target is named once, or twice in the same way where what was reported is passed on. */
export function checkSameTarget(targetName: unknown, reported: string | undefined): void {
  if (typeof targetName !== 'string') throw invalidArgument('targetName must be a string', targetName);
  if (reported === undefined || sameName(reported, targetName)) return;
  throw invalidArgument(`targetName must be ${targetName}, as the target is named`, reported);
}
