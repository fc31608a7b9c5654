import type { SessionInfo } from '../../../index.js';
import type { Context } from '../../command.js';
import { CommandError } from '../../failure.js';
import { theOnly } from '../../only.js';
import type { Input } from '../../options/parse.js';
import { TARGET } from '../../options/values.js';
import { targetOf } from './session-table.js';

const DIGITS = /^(?:[0-9a-f]{1,16}-)?[0-9a-f]{1,16}$/i;

/** An id, or the end of one, in lower case. */
export const ID_OR_END = {
  expected: "an id such as ffffe00112345010-4000013700000003, or the end of one such as '0003'",
  read: (text: string) => (DIGITS.test(text) ? text.toLowerCase() : undefined),
};

/** How a command line names one session. */
export const SESSION_OPERAND = {
  session: {
    help: 'The id of the session, or an end of it that no other session has',
    unless: 'target',
    type: { ...ID_OR_END, placeholder: 'SESSION' },
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
  if (target !== undefined) {
    const found = await iscsidsc.findSessions({ targetName: target }, options);
    return onlySession(found, `with the target ${target}`, 'Give the id of one of them in place of --target.');
  }
  return sessionNamed(session ?? '', await iscsidsc.getIScsiSessionList(options), iscsidsc);
}

function sessionNamed(text: string, sessions: readonly SessionInfo[], iscsidsc: Context['iscsidsc']): SessionInfo {
  const id = text.includes('-') ? iscsidsc.formatUniqueId(iscsidsc.parseUniqueId(text)) : undefined;
  const exact = sessions.find(({ sessionId }) => sessionId === id);
  if (exact) return exact;
  const ends = sessions.filter(({ sessionId }) => sessionId.endsWith(text));
  return onlySession(ends, `whose id is or ends in ${text}`, 'Give more of the id.');
}

function onlySession(sessions: readonly SessionInfo[], which: string, hint: string): SessionInfo {
  return theOnly(sessions, {
    kind: 'SESSION',
    none: noSession(which),
    many: count => `There are ${count} sessions ${which}.`,
    hint,
    candidate(session) {
      const data = { sessionId: session.sessionId, targetName: targetOf(session) };
      return { data, text: `${data.sessionId}  ${data.targetName}` };
    },
  });
}

/** The error for a session that is not there. */
export function noSession(which: string): CommandError {
  return new CommandError('ERR_ISCSIDSC_SESSION_NOT_FOUND', 4, `There is no session ${which}.`, LIST);
}
