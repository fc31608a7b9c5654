import { setTimeout as sleep } from 'node:timers/promises';
import type { AsyncOptions, SessionInfo } from '../index.js';
import { paint } from './colour.js';
import { failureDetails } from './failure.js';
import type { Io } from './io.js';
import { printable } from './printable.js';
import { Screen } from './screen.js';
import { sessionTable } from './session-table.js';
import type { Format } from './table.js';
import { timestamp } from './timestamp.js';
import { wrap } from './wrap.js';

interface Answer {
  readonly sessions: readonly SessionInfo[];
  readonly time: Date;
}

/** What went wrong in this round: it has failed, or worked with a warning. */
interface Problem {
  readonly text: string;
  readonly failed: boolean;
}

// These do not pass while the machine is what it is.
const LASTING = ['ERR_ISCSIDSC_UNSUPPORTED_PLATFORM', 'ERR_ISCSIDSC_LIBRARY_LOAD'];

/** Shows the table of sessions, refreshed in place, until the signal fires. */
export async function showLiveTable(
  io: Io,
  title: string,
  intervalMs: number,
  options: AsyncOptions & { signal: AbortSignal },
): Promise<void> {
  const { getIScsiSessionList } = await import('../index.js');
  const { signal } = options;
  const screen = new Screen(io.stdout);
  let last: Answer | undefined;
  let problem: Problem | undefined;
  const onWarning = (warning: Error) => {
    problem = { text: failureDetails(warning).message, failed: false };
  };
  try {
    while (!signal.aborted) {
      problem = undefined;
      try {
        last = { sessions: await getIScsiSessionList({ ...options, onWarning }), time: io.now() };
      } catch (error) {
        const { code, message } = failureDetails(error);
        if (signal.aborted) break;
        if (LASTING.some(lasting => lasting === code)) throw error;
        problem = { text: message, failed: true };
      }
      const heading = `${title} at ${timestamp(io.now())}, every ${intervalMs / 1000} s. Ctrl+C ends it.`;
      await screen.show(frameLines(heading, last, problem, io), io.rows ?? Number.POSITIVE_INFINITY, signal);
      await sleep(intervalMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    screen.leave();
  }
}

function frameLines(heading: string, last: Answer | undefined, problem: Problem | undefined, io: Io): string[] {
  // Not the last column: to clear the rest of a full line would take its last character.
  const format: Format = { colour: io.colour, columns: io.columns && io.columns - 1 };
  const width = format.columns ?? Number.POSITIVE_INFINITY;
  const lines = [...wrap(heading, width), ''];
  if (problem !== undefined) {
    const colour = problem.failed ? 'red' : 'yellow';
    lines.push(...wrap(printable(problem.text), width).map(line => (io.colour ? paint(colour, line) : line)));
    if (last && problem.failed) lines.push('', ...wrap(`The last answer, of ${timestamp(last.time)}:`, width));
  }
  if (last) lines.push(...sessionTable(last.sessions, format).trimEnd().split('\n'));
  return lines;
}
