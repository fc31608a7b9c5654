import type { CheckedOptions } from '../api/options.js';
import { sameName } from '../api/targets/target-name.js';
import { ArgumentMemory } from '../codec/argument-memory.js';
import type { SessionInfo } from '../codec/session-list.js';
import { invalidArgument } from '../errors.js';

/** The name of the target that a session is with. Null if Windows reports none. */
export function targetOfSession({ targetName, targetNodeName }: SessionInfo): string | null {
  return targetName || targetNodeName || null;
}

/** Refuses what cannot be the name of a target, before the first of several calls is made. */
export function checkTargetName({ text }: CheckedOptions, targetName: string): void {
  new ArgumentMemory(text).targetName(targetName);
}

/** The same for a call that changes or ends what it finds by the name. */
export function checkExactTargetName(checked: CheckedOptions, targetName: string): void {
  checkTargetName(checked, targetName);
  // In the A forms, what the code page does not hold is a question mark: other names would look like this one.
  if (checked.form === 'A' && targetName.includes('?')) {
    throw invalidArgument('targetName must not have a question mark in the A forms', targetName);
  }
}

/** Whether a session is with this target, by either of the names that Windows reports. */
export function isWithTarget({ targetName, targetNodeName }: SessionInfo, name: string): boolean {
  return sameName(targetName, name) || sameName(targetNodeName, name);
}

/** The same, also of a session of which Windows reports no name. */
export function mayBeWith(session: SessionInfo, name: string): boolean {
  return targetOfSession(session) === null || isWithTarget(session, name);
}
