import type { SessionInfo } from '../index.js';
import { portalsOf, stateOf, targetOf } from './session-text.js';
import { type Column, type Format, formatTable } from './table.js';

/** The sessions as a table, with more columns where they are given; a sentence where there are none. */
export function sessionTable<Session extends SessionInfo>(
  sessions: readonly Session[],
  format: Format,
  more: readonly Column<Session>[] = [],
): string {
  if (sessions.length === 0) return 'There are no active iSCSI sessions.\n';
  return formatTable([...COLUMNS, ...more], sessions, format);
}

const COLUMNS: readonly Column<SessionInfo>[] = [
  { heading: 'SESSION ID', values: ({ sessionId }) => [sessionId] },
  { heading: 'TARGET', values: session => [targetOf(session)], shortens: true },
  { heading: 'PORTALS', values: portalsOf },
  { heading: 'CONNECTIONS', values: ({ connections }) => [String(connections.length)] },
  {
    heading: 'STATE',
    values: session => [stateOf(session)],
    colour: session => (stateOf(session) === 'connected' ? 'green' : 'yellow'),
  },
];
