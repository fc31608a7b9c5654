import type { PersistentLogin, SessionInfo } from '../../../index.js';
import { initiatorText, portalText } from '../login-text.js';

/** Whether the names are those of the same target. */
export function sameTarget(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

/** The sessions with the target of a saved login. */
export function sessionsWith(targetName: string, sessions: readonly SessionInfo[]): SessionInfo[] {
  return sessions.filter(
    session => sameTarget(session.targetName, targetName) || sameTarget(session.targetNodeName, targetName),
  );
}

/** What tells saved logins apart when one is removed. */
export function identityOf({ targetName, initiatorInstance, initiatorPortNumber, targetPortal }: PersistentLogin) {
  const { address, socket } = targetPortal;
  return { targetName, initiatorInstance, initiatorPortNumber, targetPortal: { address, socket } };
}

/** Whether Windows cannot tell them apart. */
export function isEqual(one: PersistentLogin, other: PersistentLogin): boolean {
  const [text, otherText] = [one, other].map(login => JSON.stringify(identityOf(login)).toLowerCase());
  return text === otherText;
}

/** `portal 10.0.0.5:3260, instance any`. */
export function whereText({ targetPortal, initiatorInstance, initiatorPortNumber }: PersistentLogin): string {
  return `portal ${portalText(targetPortal)}, instance ${initiatorText(initiatorInstance, initiatorPortNumber)}`;
}
