import type { ConnectionInfo, SessionInfo } from '../../../index.js';
import { formatPortal } from '../../../portal.js';
import { type Context, defineCommand } from '../../command.js';
import { CommandError } from '../../failure.js';
import { theOnly } from '../../only.js';
import { paragraph } from '../../terminal/details.js';
import {
  ID_OR_END,
  namedSession,
  SESSION_OPERAND,
  SESSION_SYNOPSIS,
  SESSION_TARGET,
} from '../sessions/session-argument.js';
import { targetOf } from '../sessions/session-table.js';

export const connectionRemove = defineCommand({
  name: 'connection remove',
  changes: true,
  asksTo: 'remove the connection',
  summary: 'Remove a connection of a session',
  description: 'Neither the last connection of a session nor the one with which it began can be removed.',
  operands: {
    ...SESSION_OPERAND,
    connection: {
      help: 'The id of the connection, or an end of it that no other connection of the session has',
      type: { ...ID_OR_END, placeholder: 'CONNECTION' },
      required: true,
    },
  },
  options: SESSION_TARGET,
  synopsis: `${SESSION_SYNOPSIS} CONNECTION`,
  example: 'connection remove --target iqn.1992-08.com.example.san:vol-sql 2',
  async run(input, context) {
    const { iscsidsc, options } = context;
    const session = await namedSession(input, context);
    const { sessionId } = session;
    const connection = namedConnection(input.connection, session, iscsidsc);
    const { connectionId } = connection;
    await context.confirm(`Remove ${connectionText(connection)} of session ${sessionId} with ${targetOf(session)}?`);
    await iscsidsc.removeIScsiConnection(sessionId, connectionId, options);
    return { sessionId, connection };
  },
  format: ({ sessionId, connection }, format) =>
    paragraph(`Removed: ${connectionText(connection)} of session ${sessionId}.`, format),
});

function namedConnection(
  text: string,
  { sessionId, connections }: SessionInfo,
  iscsidsc: Context['iscsidsc'],
): ConnectionInfo {
  const id = text.includes('-') ? iscsidsc.formatUniqueId(iscsidsc.parseUniqueId(text)) : undefined;
  const exact = connections.find(({ connectionId }) => connectionId === id);
  if (exact) return exact;
  const which = `of session ${sessionId} whose id is or ends in ${text}`;
  return theOnly(
    connections.filter(({ connectionId }) => connectionId.endsWith(text)),
    {
      kind: 'CONNECTION',
      none: new CommandError(
        'ERR_ISCSIDSC_CONNECTION_NOT_FOUND',
        4,
        `There is no connection ${which}.`,
        `'iscsidsc session show ${sessionId}' lists the connections.`,
      ),
      many: count => `There are ${count} connections ${which}.`,
      hint: 'Give more of the id.',
      candidate({ connectionId, targetAddress, targetSocket }) {
        return {
          data: { connectionId, targetAddress, targetSocket },
          text: `${connectionId}  ${formatPortal(targetAddress, targetSocket)}`,
        };
      },
    },
  );
}

function connectionText({ connectionId, targetAddress, targetSocket }: ConnectionInfo): string {
  return `connection ${connectionId} (${formatPortal(targetAddress, targetSocket)})`;
}
