import { defineCommand } from '../../command.js';
import { COUNT } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';
import { namedSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from './session-argument.js';
import { sessionText } from './session-table.js';

export const sessionLogout = defineCommand({
  name: 'session logout',
  changes: true,
  asksTo: 'log out',
  summary: 'Log out one session',
  description: 'The disks of the session go away. Other sessions with the same target stay.',
  operands: SESSION_OPERAND,
  options: {
    ...SESSION_TARGET,
    retries: { help: 'Retry up to N times, once a second, while a disk is in use', type: COUNT, default: '0' },
  },
  synopsis: SESSION_SYNOPSIS,
  example: 'session logout --target iqn.2005-10.org.example.nas:backup --retries 10',
  async run(input, context) {
    const { iscsidsc, options } = context;
    const session = await namedSession(input, context);
    await context.confirm(`Log out ${sessionText(session)}? Its disks go away.`);
    await iscsidsc.logoutIScsiTarget(session.sessionId, { ...options, retries: input.retries });
    return session;
  },
  format: (session, format) => paragraph(`Logged out: ${sessionText(session)}.`, format),
});
