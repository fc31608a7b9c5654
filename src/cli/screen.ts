import type { Output } from './io.js';
import { written } from './written.js';

// The alternate screen, without cursor, and without a second line for what is too wide.
const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l';
const LEAVE = '\x1b[?7h\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const CLEAR_LINE_END = '\x1b[K';
const CLEAR_REST = '\x1b[J';

/** Shows text in place of the text before, and gives the terminal back as it was. */
export class Screen {
  readonly #output: Output;
  #entered = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** One write, which first overwrites and then clears: nothing flickers. */
  async show(lines: readonly string[], rows: number, signal: AbortSignal): Promise<void> {
    const enter = this.#entered ? '' : ENTER;
    this.#entered = true;
    const frame = cutTo(rows, lines).map(line => line + CLEAR_LINE_END);
    await written(this.#output, enter + HOME + frame.join('\n') + CLEAR_REST, signal);
  }

  leave(): void {
    if (this.#entered) this.#output.write(LEAVE);
    this.#entered = false;
  }
}

function cutTo(rows: number, lines: readonly string[]): readonly string[] {
  if (lines.length <= rows) return lines;
  const shown = Math.max(rows - 1, 0);
  return [...lines.slice(0, shown), `… ${lines.length - shown} more lines`];
}
