import type { SessionInfo, WatchRound } from '../../../index.js';
import type { ResultScreen } from '../../command.js';
import { failureDetails } from '../../failure.js';
import { type Colour, type Format, paint } from '../../terminal/colour.js';
import { printable } from '../../terminal/printable.js';
import { timestamp, wrap } from '../../terminal/text.js';
import { sessionTable } from './session-table.js';

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
