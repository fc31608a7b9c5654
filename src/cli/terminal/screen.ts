import { stripVTControlCharacters } from 'node:util';
import type { Output } from '../io.js';
import { cutAtMargin, textWidth } from './text.js';

// The alternate screen, without a cursor, and without automatic line breaks.
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l';
const LEAVE = '\x1b[?7h\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const CLEAR_LINE_END = '\x1b[K';
const CLEAR_REST = '\x1b[J';

/** Shows text in place of the previous text, and restores the terminal afterwards. */
export class Screen {
  readonly #output: Output;
  #entered = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** One write that overwrites first and clears then, so that nothing flickers. */
  async show(lines: readonly string[], rows: number, columns: number, signal: AbortSignal): Promise<void> {
    const enter = this.#entered ? '' : ENTER;
    this.#entered = true;
    const whole = lines.flatMap(line => cutIfWider(line, columns));
    const frame = firstRows(whole, rows).map(line => line + CLEAR_LINE_END);
    await written(this.#output, enter + HOME + frame.join('\n') + CLEAR_REST, signal);
  }

  leave(): void {
    if (this.#entered) this.#output.write(LEAVE);
    this.#entered = false;
  }
}

/** Writes, and waits until the text has gone out: a slow reader must slow the command down, not fill the memory. */
export function written(output: Output, text: string, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done);
    output.write(text, done);
    if (signal.aborted) done();
  });
}

function cutIfWider(line: string, columns: number): string[] {
  const plain = stripVTControlCharacters(line);
  return textWidth(plain) <= columns ? [line] : cutAtMargin(plain, columns);
}

function firstRows(lines: readonly string[], rows: number): readonly string[] {
  if (lines.length <= rows) return lines;
  const shown = Math.max(rows - 1, 0);
  return [...lines.slice(0, shown), `… ${lines.length - shown} more lines`];
}
