import { defineCommand } from '../../command.js';
import { formatDetails } from '../../terminal/details.js';
import { namedSession, noSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from './session-argument.js';
import { sessionDetails } from './session-details.js';
import { mayHang } from './session-table.js';

export const sessionShow = defineCommand({
  name: 'session show',
  summary: 'Show everything about one session: its connections, what was negotiated, and its devices',
  operands: SESSION_OPERAND,
  options: SESSION_TARGET,
  synopsis: SESSION_SYNOPSIS,
  example: 'session show --target iqn.2005-10.org.example.nas:backup',
  async run(input, context) {
    const { iscsidsc, options } = context;
    const { sessionId } = await namedSession(input, context);
    const [description] = await iscsidsc.describeSessions({ ...options, filter: { sessionId } });
    // It can have ended between the two calls.
    if (description === undefined) throw noSession(`whose id is ${sessionId}`);
    return description;
  },
  format: (description, format) => formatDetails(sessionDetails(description), format),
  mayHang: description => mayHang(description),
});
