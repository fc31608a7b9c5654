import type { SessionInfo } from '../../../index.js';
import type { Context } from '../../command.js';
import { AmbiguousSession, CommandError, UsageError } from '../../failure.js';
import type { Input } from '../../options/parse.js';
import { TARGET } from '../../options/values.js';
import { targetOf } from './session-table.js';

const ID_OR_END = /^(?:[0-9a-f]{1,16}-)?[0-9a-f]{1,16}$/i;

/** How a command line names one session. */
export const SESSION_OPERAND = {
  session: {
    help: 'The id of the session, or an end of it that no other session has',
    type: {
      placeholder: 'SESSION',
      expected: "an id such as ffffe00112345010-4000013700000003, or the end of one such as '0003'",
      read: (text: string) => (ID_OR_END.test(text) ? text.toLowerCase() : undefined),
    },
  },
} as const;
export const SESSION_TARGET = {
  target: { help: 'The target of the session, instead of SESSION', type: TARGET },
} as const;
export const SESSION_SYNOPSIS = '(SESSION | --target IQN)';

const LIST = "'iscsidsc sessions' lists the sessions.";

/** Finds the session that the command line names. Rejects if there is none, or more than one. */
export async function namedSession(
  { session, target }: Input<typeof SESSION_OPERAND & typeof SESSION_TARGET>,
  { iscsidsc, options }: Context,
): Promise<SessionInfo> {
  if (session === undefined && target === undefined) throw new UsageError('SESSION or --target is missing.');
  if (session !== undefined && target !== undefined) throw new UsageError('Give SESSION or --target, not both.');
  if (target !== undefined) {
    const found = await iscsidsc.findSessions({ targetName: target }, options);
    return theOnly(found, `with the target ${target}`, `Give the id of one of them in place of --target.`);
  }
  return sessionNamed(session ?? '', await iscsidsc.getIScsiSessionList(options), iscsidsc);
}

function sessionNamed(text: string, sessions: readonly SessionInfo[], iscsidsc: Context['iscsidsc']): SessionInfo {
  const id = text.includes('-') ? iscsidsc.formatUniqueId(iscsidsc.parseUniqueId(text)) : undefined;
  const exact = sessions.find(({ sessionId }) => sessionId === id);
  if (exact) return exact;
  const ends = sessions.filter(({ sessionId }) => sessionId.endsWith(text));
  return theOnly(ends, `whose id is or ends in ${text}`, 'Give more of the id.');
}

function theOnly(sessions: readonly SessionInfo[], which: string, hint: string): SessionInfo {
  const [first, second] = sessions;
  if (first === undefined) throw noSession(which);
  if (second === undefined) return first;
  const candidates = sessions.map(session => ({ sessionId: session.sessionId, targetName: targetOf(session) }));
  throw new AmbiguousSession(`There are ${sessions.length} sessions ${which}.`, hint, candidates);
}

/** The error for a session that is not there. */
export function noSession(which: string): CommandError {
  return new CommandError('ERR_ISCSIDSC_SESSION_NOT_FOUND', 4, `There is no session ${which}.`, LIST);
}
