import type { SessionInfo } from '../index.js';
import { formatPortal } from './portal.js';

/** The name of a session's target. As iscsicli prints a NULL string. */
export function targetOf({ targetNodeName, targetName }: SessionInfo): string {
  return targetNodeName ?? targetName ?? '(null)';
}

export function portalsOf({ connections }: SessionInfo): string[] {
  return connections.map(({ targetAddress, targetSocket }) => formatPortal(targetAddress, targetSocket));
}

export function stateOf({ connections }: SessionInfo): 'connected' | 'reconnecting' {
  return connections.length > 0 ? 'connected' : 'reconnecting';
}
