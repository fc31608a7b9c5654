import { CALL_OPTIONS, withCallOptions } from './call-options.js';
import { defineCommand } from './command.js';
import { formatDetails } from './details.js';
import { printableJson } from './printable.js';
import { sessionDetails } from './session-details.js';
import { readSessionId, sessionWithId } from './session-id.js';

export const sessionCommand = defineCommand({
  name: 'session',
  summary: 'Print everything about one session',
  operands: ['ID'],
  options: CALL_OPTIONS,
  async run(values, io, [text]) {
    const id = await readSessionId(text, 'iscsidsc session');
    await withCallOptions(values, io, async options => {
      const { describeSessions } = await import('../index.js');
      const session = await sessionWithId(await describeSessions({ ...options, filter: { sessionId: id } }), id);
      io.stdout.write(values.json ? `${printableJson(session, 2)}\n` : formatDetails(sessionDetails(session), io));
    });
  },
});
