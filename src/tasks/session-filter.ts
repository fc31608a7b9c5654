import { sameName } from '../api/targets/target-name.js';
import { type Check, checkFilter, wholeNumber } from '../arguments.js';
import type { SessionInfo } from '../codec/session-list.js';
import { formatUniqueId, isUniqueId, parseUniqueId } from '../codec/unique-id.js';
import { sameAddress } from '../portal.js';

/**
 * Which sessions are meant. A session fits if it fits every member. At least one member is needed, and a member whose
 * value is undefined is refused: a name that could not be looked up must not stand for every session.
 */
export interface SessionFilter {
  /** The session's id; case-insensitive. */
  sessionId?: string;
  /** The target's name; case-insensitive, as Windows compares names. */
  targetName?: string;
  /** The address of the target portal of one of its connections. */
  targetAddress?: string;
  /** The TCP port of a target portal. With `targetAddress`, both must fit the same connection. */
  targetSocket?: number;
  /** The node name of the initiator; case-insensitive. */
  initiatorName?: string;
  /** `'reconnecting'` sessions have no connection. */
  state?: SessionState;
}

/** A session without a connection is one that Windows tries to reconnect. */
export type SessionState = 'connected' | 'reconnecting';

const text: Check = ['a string that is not empty', value => typeof value === 'string' && value !== ''];
const CHECKS: Readonly<Record<keyof SessionFilter, Check>> = {
  sessionId: ['an id of a session', isUniqueId],
  targetName: text,
  targetAddress: text,
  targetSocket: wholeNumber(65535, 1),
  initiatorName: text,
  state: ["'connected' or 'reconnecting'", value => value === 'connected' || value === 'reconnecting'],
};

export function stateOfSession(session: SessionInfo): SessionState {
  return session.connections.length > 0 ? 'connected' : 'reconnecting';
}

export type SessionTest = (session: SessionInfo) => boolean;

/** Returns the test of a checked filter. */
export function sessionTest(filter: SessionFilter): SessionTest {
  const { sessionId, targetName, targetAddress, targetSocket, initiatorName, state } = filter;
  const id = sessionId === undefined ? undefined : formatUniqueId(parseUniqueId(sessionId));
  return session =>
    (id === undefined || session.sessionId === id) &&
    (targetName === undefined ||
      sameName(session.targetName, targetName) ||
      sameName(session.targetNodeName, targetName)) &&
    (initiatorName === undefined || sameName(session.initiatorName, initiatorName)) &&
    (state === undefined || stateOfSession(session) === state) &&
    ((targetAddress === undefined && targetSocket === undefined) ||
      session.connections.some(
        connection =>
          (targetAddress === undefined || isAddress(connection.targetAddress, targetAddress)) &&
          (targetSocket === undefined || connection.targetSocket === targetSocket),
      ));
}

/** Checks the option `filter` and returns its test. Without one, every session fits. */
export function optionalSessionTest(filter: SessionFilter | undefined): SessionTest {
  return filter === undefined ? () => true : sessionTest(checkSessionFilter(filter));
}

/** The check of an option that is a filter. It throws the rule that is broken. */
export const FILTER: Check = ['a filter', filter => checkSessionFilter(filter as SessionFilter) !== undefined];

/** Returns a checked copy. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`. */
export function checkSessionFilter(filter: SessionFilter): SessionFilter {
  return checkFilter('filter', filter, CHECKS);
}

function isAddress(one: string | null, other: string): boolean {
  return one !== null && sameAddress(one, other);
}
