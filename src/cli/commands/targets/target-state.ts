import type { MissingPart, TargetDescription } from '../../../index.js';
import type { Colour } from '../../terminal/colour.js';

export function stateOf({ isConnected, isDiscovered, sessions }: TargetDescription): string {
  if (isConnected === null) return 'not known';
  if (isConnected) return 'connected';
  if (sessions && sessions.length > 0) return 'reconnecting';
  return isDiscovered ? 'not connected' : 'not discovered';
}

export function stateColour({ isConnected, isDiscovered, sessions }: TargetDescription): Colour | undefined {
  if (isConnected) return 'green';
  return (sessions && sessions.length > 0) || !isDiscovered ? 'yellow' : undefined;
}

/** Whether a native call for a missing part may still run. */
export function isWithoutAnswer(target: TargetDescription): boolean {
  const reasons = [
    target.targetAliasError,
    target.discoveryMechanismsError,
    target.portalsError,
    target.sessionsError,
    target.persistentLoginsError,
  ];
  return reasons.some(reason => reason?.pending === 'running');
}

export function reasonText(reason: MissingPart | null): string {
  return `not known: ${reason?.message}`;
}
