import type { SessionInfo, WatchRound } from '../../../index.js';
import type { ResultScreen } from '../../command.js';
import { failureDetails } from '../../failure.js';
import { type Colour, type Format, paint } from '../../terminal/colour.js';
import { printable } from '../../terminal/printable.js';
import { timestamp, wrap } from '../../terminal/text.js';
import { portalsOf, sessionTable, stateOf, targetOf } from './session-table.js';

type Line = readonly [kind: keyof typeof KINDS, ...texts: string[]];

const KINDS = {
  added: ['+ added  ', 'green'],
  removed: ['- removed', 'red'],
  changed: ['~ changed', 'yellow'],
  error: ['! error  ', 'red'],
  status: ['= status ', undefined],
} as const satisfies Record<string, readonly [text: string, colour: Colour | undefined]>;

/** A line for each change: `2026-03-01 14:05:09  + added    ID  TARGET  STATE  PORTALS`. */
export function roundLines(round: WatchRound, time: Date, format: Format): string {
  return linesOf(round)
    .map(([kind, ...texts]) => {
      const [text, colour] = KINDS[kind];
      return `${[timestamp(time), paint(text, colour, format), ...texts.map(printable)].join('  ')}\n`;
    })
    .join('');
}

function linesOf(round: WatchRound): Line[] {
  if (round.error !== undefined) return [['error', failureDetails(round.error).message]];
  const { sessions, added, removed, changed } = round;
  const lines: Line[] = [
    ...removed.map((session): Line => ['removed', ...namesOf(session), `was ${stateOf(session)}`, portalText(session)]),
    ...changed.map(({ before, after }): Line => {
      const [state, portals] = [stateOf, portalText].map(textOf => change(textOf(before), textOf(after)));
      return ['changed', ...namesOf(after), `${state}`, `${portals}`];
    }),
    ...added.map((session): Line => ['added', ...namesOf(session), stateOf(session), portalText(session)]),
  ];
  if (lines.length > 0) return lines;
  return [['status', sessions.length === 0 ? 'No active iSCSI session.' : 'The initiator answers again.']];
}

function namesOf(session: SessionInfo): [id: string, target: string] {
  return [session.sessionId, targetOf(session)];
}

function portalText(session: SessionInfo): string {
  return portalsOf(session).join(', ') || 'no portal';
}

function change(before: string, after: string): string {
  return before === after ? after : `${after} (was ${before})`;
}

/** The table of a watch, with what went wrong above it. */
export class RoundScreen implements ResultScreen<WatchRound> {
  readonly #title: string;
  #last: { readonly sessions: readonly SessionInfo[]; readonly time: Date } | undefined;

  constructor(title: string) {
    this.#title = title;
  }

  lines(round: WatchRound, time: Date, warning: string | undefined, format: Format): string[] {
    const { columns = Number.POSITIVE_INFINITY } = format;
    const lines = [...wrap(`${this.#title} at ${timestamp(time)}. Ctrl+C ends.`, columns), ''];
    const problem = (text: string, colour: Colour) =>
      wrap(printable(text), columns).map(line => paint(line, colour, format));
    if (warning !== undefined) lines.push(...problem(warning, 'yellow'), '');
    if (round.error === undefined) this.#last = { sessions: round.sessions, time };
    else {
      lines.push(...problem(failureDetails(round.error).message, 'red'), '');
      if (this.#last) lines.push(...wrap(`The last answer, at ${timestamp(this.#last.time)}:`, columns));
    }
    if (this.#last) lines.push(...sessionTable(this.#last.sessions, format).trimEnd().split('\n'));
    return lines;
  }
}
