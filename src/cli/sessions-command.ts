import type { SessionInfo } from '../index.js';
import { CALL_OPTIONS, withCallOptions } from './call-options.js';
import { defineCommand } from './command.js';
import { formatPortal } from './portal.js';
import { printableJson } from './printable.js';
import { type Column, formatTable } from './table.js';

export const sessionsCommand = defineCommand({
  name: 'sessions',
  summary: 'List the active iSCSI sessions',
  options: CALL_OPTIONS,
  run: (values, io) =>
    withCallOptions(values, io, async options => {
      const { getIScsiSessionList } = await import('../index.js');
      const sessions = await getIScsiSessionList(options);
      if (values.json) io.stdout.write(`${printableJson(sessions, 2)}\n`);
      else if (sessions.length === 0) io.stdout.write('There are no active iSCSI sessions.\n');
      else io.stdout.write(formatTable(COLUMNS, sessions, io));
    }),
});

const COLUMNS: readonly Column<SessionInfo>[] = [
  { heading: 'SESSION ID', values: ({ sessionId }) => [sessionId] },
  {
    heading: 'TARGET',
    // As iscsicli prints a NULL string.
    values: ({ targetNodeName, targetName }) => [targetNodeName ?? targetName ?? '(null)'],
    shortens: true,
  },
  {
    heading: 'PORTALS',
    values: ({ connections }) =>
      connections.map(({ targetAddress, targetSocket }) => formatPortal(targetAddress, targetSocket)),
  },
  { heading: 'CONNECTIONS', values: ({ connections }) => [String(connections.length)] },
  {
    heading: 'STATE',
    values: session => [isConnected(session) ? 'connected' : 'reconnecting'],
    colour: session => (isConnected(session) ? 'green' : 'yellow'),
  },
];

function isConnected({ connections }: SessionInfo): boolean {
  return connections.length > 0;
}
