import type { RetryOptions, SessionInfo } from '../index.js';
import { CALL_OPTIONS, withCallOptions } from './call-options.js';
import { defineCommand } from './command.js';
import { COUNT } from './count.js';
import type { Io } from './io.js';
import { printable, printableJson } from './printable.js';
import { readSessionId, sessionWithId } from './session-id.js';
import { portalsOf, targetOf } from './session-text.js';
import { UsageError } from './usage-error.js';

const PROGRAM = 'iscsidsc logout';
const YES = /^\s*y(es)?\s*$/i;

export const logoutCommand = defineCommand({
  name: 'logout',
  summary: 'End one session, after asking',
  operands: ['ID'],
  options: {
    yes: { help: 'Do not ask' },
    retries: { help: 'Try so often again, every second, while a disk of the session is in use', ...COUNT },
    ...CALL_OPTIONS,
  },
  async run(values, io, [text]) {
    const { yes, retries, json } = values;
    const id = await readSessionId(text, PROGRAM);
    if (!yes && io.ask === undefined) {
      throw new UsageError('There is no terminal to ask on: give --yes to log out without a question.', PROGRAM);
    }
    await withCallOptions(values, io, async callOptions => {
      const { getIScsiSessionList, logoutIScsiTarget } = await import('../index.js');
      const session = await sessionWithId(await getIScsiSessionList(callOptions), id);
      if (!yes) await confirm(session, io);
      const options: RetryOptions = { ...callOptions, ...(retries === undefined ? {} : { retries }) };
      await logoutIScsiTarget(id, options);
      io.stdout.write(json ? `${printableJson(session, 2)}\n` : `Logged out: ${sessionText(session)}.\n`);
    });
  },
});

async function confirm(session: SessionInfo, io: Io): Promise<void> {
  const { IscsidscError } = await import('../index.js');
  const answer = await io.ask?.(`Log out ${sessionText(session)}? Its disks go away. [y/N] `);
  if (YES.test(answer ?? '')) return;
  throw new IscsidscError('ERR_ISCSIDSC_NOT_CONFIRMED', 'Not logged out: the answer was not yes.');
}

function sessionText(session: SessionInfo): string {
  const portals = portalsOf(session).join(', ') || 'no portal';
  return printable(`session ${session.sessionId} with ${targetOf(session)} (${portals})`);
}
