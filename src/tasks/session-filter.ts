import { type Check, checkMembers, wholeNumber } from '../arguments.js';
import type { SessionInfo } from '../codec/session-list.js';
import { formatUniqueId, isUniqueId, parseUniqueId } from '../codec/unique-id.js';

/** Which sessions are meant: those that fit every member given. */
export interface SessionFilter {
  /** The session's id, in any case. */
  sessionId?: string;
  /** The target's name, in any case, as Windows compares. */
  targetName?: string;
  /** The address of a connection's target portal. */
  targetAddress?: string;
  /** The TCP port of that same portal. */
  targetPort?: number;
  /** The node name of the initiator, in any case. */
  initiatorName?: string;
  /** `'reconnecting'` sessions have no connection. */
  state?: SessionState;
}

/** A session without a connection is one that Windows tries to bring back. */
export type SessionState = 'connected' | 'reconnecting';

const text: Check = ['a string that is not empty', value => typeof value === 'string' && value !== ''];
const CHECKS: Readonly<Record<keyof SessionFilter, Check>> = {
  sessionId: ['an id of a session', isUniqueId],
  targetName: text,
  targetAddress: text,
  targetPort: wholeNumber(65535, 1),
  initiatorName: text,
  state: ["'connected' or 'reconnecting'", value => value === 'connected' || value === 'reconnecting'],
};

export function stateOfSession(session: SessionInfo): SessionState {
  return session.connections.length > 0 ? 'connected' : 'reconnecting';
}

/** Checks a filter, and makes the test of it. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`. */
export function sessionTest(filter: SessionFilter | undefined): (session: SessionInfo) => boolean {
  const { sessionId, targetName, targetAddress, targetPort, initiatorName, state } = checkMembers(
    'filter',
    filter,
    CHECKS,
  );
  const id = sessionId === undefined ? undefined : formatUniqueId(parseUniqueId(sessionId));
  return session =>
    (id === undefined || session.sessionId === id) &&
    (targetName === undefined ||
      sameName(session.targetName, targetName) ||
      sameName(session.targetNodeName, targetName)) &&
    (initiatorName === undefined || sameName(session.initiatorName, initiatorName)) &&
    (state === undefined || stateOfSession(session) === state) &&
    ((targetAddress === undefined && targetPort === undefined) ||
      session.connections.some(
        connection =>
          (targetAddress === undefined || sameAddress(connection.targetAddress, targetAddress)) &&
          (targetPort === undefined || connection.targetSocket === targetPort),
      ));
}

function sameName(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

function sameAddress(one: string | null, other: string): boolean {
  return one !== null && plainAddress(one) === plainAddress(other);
}

// An IPv6 address can be written in many ways; URL knows them all, and node:net would cost each import of the package.
function plainAddress(address: string): string {
  const bare = address.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const url = `http://[${bare}]`;
  return bare.includes(':') && URL.canParse(url) ? new URL(url).hostname : bare;
}
