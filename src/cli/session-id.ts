import type { SessionInfo } from '../index.js';
import { UsageError } from './usage-error.js';

/** The id that stands on the command line of this program, as the library writes it. */
export async function readSessionId(text: string | undefined, program: string): Promise<string> {
  const { formatUniqueId, parseUniqueId } = await import('../index.js');
  try {
    return formatUniqueId(parseUniqueId(text ?? ''));
  } catch {
    const rule = 'ID must be two hexadecimal numbers of 1 to 16 digits with a hyphen between them';
    throw new UsageError(`${rule}, not '${text}'.`, program);
  }
}

/** The session with this id. Rejects with the code that Windows itself has for an unknown one. */
export async function sessionWithId<Session extends SessionInfo>(
  sessions: readonly Session[],
  id: string,
): Promise<Session> {
  const session = sessions.find(({ sessionId }) => sessionId === id);
  if (session) return session;
  const { IscsidscError } = await import('../index.js');
  const code = 'ISDSC_INVALID_SESSION_ID';
  throw new IscsidscError(code, `${code}: No active session has the id ${id}.`, {
    hint: "'iscsidsc sessions' lists them: an id is good until logout, and a new login gets a new one.",
  });
}
