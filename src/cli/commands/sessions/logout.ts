import type { SessionInfo } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { UsageError } from '../../failure.js';
import { COUNT } from '../../options/values.js';
import { printable } from '../../terminal/printable.js';
import { wrap } from '../../terminal/text.js';
import { namedSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from './session-argument.js';
import { portalsOf, targetOf } from './session-table.js';

export const sessionLogout = defineCommand({
  name: 'session logout',
  changes: true,
  summary: 'Log out one session, after a question',
  description: 'The disks of the session go away. Other sessions with the same target stay.',
  operands: SESSION_OPERAND,
  options: {
    ...SESSION_TARGET,
    yes: { help: 'Do not ask', short: 'y' },
    retries: { help: 'Retry up to N times, once a second, while a disk is in use', type: COUNT, default: '0' },
  },
  synopsis: SESSION_SYNOPSIS,
  example: 'session logout --target iqn.2005-10.org.example.nas:backup --retries 10',
  async run(input, context) {
    const { yes, retries } = input;
    const { iscsidsc, options } = context;
    if (!yes && !context.canAsk)
      throw new UsageError('There is no terminal to ask on. Give --yes to log out without a question.');
    const session = await namedSession(input, context);
    if (!yes) await context.confirm(`Log out ${sessionText(session)}? Its disks go away.`);
    await iscsidsc.logoutIScsiTarget(session.sessionId, { ...options, retries });
    return session;
  },
  format: (session, { columns = Number.POSITIVE_INFINITY }) =>
    `${wrap(`Logged out: ${sessionText(session)}.`, columns).join('\n')}\n`,
});

function sessionText(session: SessionInfo): string {
  const portals = portalsOf(session).join(', ') || 'no portal';
  return printable(`session ${session.sessionId} with ${targetOf(session)} (${portals})`);
}
