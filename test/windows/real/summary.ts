import type { SessionDescription, SessionInfo } from 'iscsidsc';
import { byteOrderLines, byteOrderOf } from './byte-order.js';
import { compareParts, compareSessions, differenceLines } from './compare.js';
import type { Dump } from './dump.js';

/** What the package and Microsoft's cmdlets say. */
export interface Sides {
  sessions: readonly SessionInfo[];
  described: readonly SessionDescription[];
  dump: Dump;
}

/** The results in Markdown, for the summary of a workflow. */
export function summaryOf({ sessions, described, dump }: Sides): string {
  const connections = sessions.flatMap(session => session.connections);
  const differences = [...compareSessions(sessions, dump.sessions), ...compareParts(described, dump.sessions)];
  const [verdict = '', ...evidence] = byteOrderLines(byteOrderOf(sessions, dump));
  return [
    `## Real Windows: ${dump.recorded}, Node.js ${process.version} ${process.arch}`,
    `${sessions.length} sessions, ${connections.length} connections. ${verdict}`,
    list(evidence),
    differences.length === 0
      ? "The package and Microsoft's cmdlets say the same."
      : `The package and Microsoft's cmdlets differ:\n\n${list(differenceLines(differences))}`,
    list(dump.problems.map(problem => `a cmdlet said: ${problem}`)),
  ]
    .filter(part => part !== '')
    .map(part => `${part}\n\n`)
    .join('');
}

function list(lines: readonly string[]): string {
  return lines.map(line => `- ${line.replace(/\s+/g, ' ')}`).join('\n');
}
