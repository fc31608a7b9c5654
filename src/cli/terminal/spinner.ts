import type { Io } from '../io.js';
import { printable } from './printable.js';
import { cutAtMargin } from './text.js';

// Older consoles of Windows have no other characters that turn.
const FRAMES = ['|', '/', '-', '\\'];
const FRAME_MS = 100;
const CLEAR_LINE = '\r\x1b[K';

/**
 * Says on one line of a terminal what goes on, and leaves nothing of it behind. The cursor stays visible, because a
 * second Ctrl+C ends the process where it is.
 */
export class Spinner {
  readonly #io: Io;
  #text: string | undefined;
  #frame = 0;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(io: Io) {
    this.#io = io;
  }

  show(text: string): void {
    if (this.#isOver) return;
    this.#text = printable(text);
    this.#draw();
    this.#timer ??= setInterval(() => {
      this.#frame++;
      this.#draw();
    }, FRAME_MS).unref();
  }

  /** Makes room for other text. The next frame is drawn behind it. */
  clear(): void {
    if (this.#text !== undefined) this.#io.stderr.write(CLEAR_LINE);
  }

  end(): void {
    this.#isOver = true;
    clearInterval(this.#timer);
    this.clear();
    this.#text = undefined;
  }

  #draw(): void {
    const { stderr, errorColumns = Number.POSITIVE_INFINITY } = this.#io;
    // A line that fills the last column could go on in the next one.
    const [line = ''] = cutAtMargin(`${FRAMES[this.#frame % FRAMES.length]} ${this.#text}`, errorColumns - 1);
    stderr.write(CLEAR_LINE + line);
  }
}
