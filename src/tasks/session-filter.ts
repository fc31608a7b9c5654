import { type Check, wholeNumber } from '../arguments.js';
import type { SessionInfo } from '../codec/session-list.js';
import { formatUniqueId, isUniqueId, parseUniqueId } from '../codec/unique-id.js';
import { invalidArgument } from '../errors.js';

/**
 * Which sessions are meant. A session fits if it fits every member. At least one member is needed, and a member whose
 * value is undefined is refused: a name that could not be looked up must not stand for every session.
 */
export interface SessionFilter {
  /** The session's id, in any case. */
  sessionId?: string;
  /** The target's name, in any case, as Windows compares names. */
  targetName?: string;
  /** The address of the target portal of one of its connections. */
  targetAddress?: string;
  /** The TCP port of a target portal. With `targetAddress`, both must fit the same connection. */
  targetSocket?: number;
  /** The node name of the initiator, in any case. */
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
const MEMBERS = Object.keys(CHECKS) as (keyof SessionFilter)[];

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
          (targetAddress === undefined || sameAddress(connection.targetAddress, targetAddress)) &&
          (targetSocket === undefined || connection.targetSocket === targetSocket),
      ));
}

/** Checks the option `filter` and returns its test. Without one, every session fits. */
export function optionalSessionTest(filter: SessionFilter | undefined): SessionTest {
  return filter === undefined ? () => true : sessionTest(checkFilter(filter));
}

/** The check of an option that is a filter. It throws the rule that is broken. */
export const FILTER: Check = ['a filter', filter => checkFilter(filter as SessionFilter) !== undefined];

/** Returns a checked copy. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`. */
export function checkFilter(filter: SessionFilter): SessionFilter {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) {
    throw invalidArgument('The filter must be an object', filter);
  }
  // `for...in` and `in` see the members of the prototype, too: a filter can be an instance of a class.
  for (const name in filter) {
    if (!Object.hasOwn(CHECKS, name)) {
      throw invalidArgument(`A member of the filter must be one of ${MEMBERS.join(', ')}`, name);
    }
  }
  const given = MEMBERS.filter(name => name in filter);
  if (given.length === 0) throw invalidArgument(`The filter must have at least one of ${MEMBERS.join(', ')}`, filter);
  const copy: Partial<Record<keyof SessionFilter, unknown>> = {};
  for (const name of given) {
    const [expected, fits] = CHECKS[name];
    const value = filter[name];
    if (!fits(value)) throw invalidArgument(`${name} must be ${expected}`, value);
    copy[name] = value;
  }
  return copy as SessionFilter;
}

function sameName(one: string | null, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

function sameAddress(one: string | null, other: string): boolean {
  return one !== null && plainAddress(one) === plainAddress(other);
}

// An IPv6 address can be written in many ways. URL knows them all, and node:net would cost each import of the package.
function plainAddress(address: string): string {
  const bare = address.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const url = `http://[${bare}]`;
  return bare.includes(':') && URL.canParse(url) ? new URL(url).hostname : bare;
}
