import { IscsidscError, type Pending } from '../errors.js';
import type { ChildEnd } from './forked-child.js';

/** Why a child ends. `'hung'`: a native call in it does not return. */
export type EndReason = 'crashed' | 'disposed' | 'hung' | 'idle' | 'notStarted';

const HINTS: Readonly<Record<Pending, string>> = {
  notStarted: 'Look at what it wrote to stderr. The next call starts another one.',
  running: 'What it was asked to do may have happened. The next call starts another one.',
  betweenAttempts: '',
};

/** The error of a call whose process has ended. */
export function processEnded(
  reason: EndReason,
  pending: Pending,
  { exitCode, signal, cause }: ChildEnd,
): IscsidscError {
  const message =
    reason === 'hung'
      ? 'The process that made the call has been ended, because another call in it did not return.'
      : `The process that makes the native calls ${pending === 'notStarted' ? 'did not start' : 'has ended'}${how(exitCode, signal)}.`;
  return new IscsidscError('ERR_ISCSIDSC_PROCESS_ENDED', message, {
    hint: HINTS[pending],
    pending,
    exitCode,
    signal,
    cause,
  });
}

/** The error of a call after `dispose()`, or during it. */
export function disposed(pending: Pending): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_DISPOSED', 'This initiator process has been disposed of.', { pending });
}

function how(exitCode: number | undefined, signal: string | undefined): string {
  if (signal !== undefined) return ` (${signal})`;
  if (exitCode === undefined) return '';
  // Windows' codes of a crash are statuses, such as 0xC0000005.
  return ` (exit code ${exitCode > 0xffff ? `0x${exitCode.toString(16).toUpperCase()}` : exitCode})`;
}
