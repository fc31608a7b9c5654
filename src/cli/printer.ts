import type { ManyResults, Round } from './command.js';
import { failureDetails, warningReporter } from './failure.js';
import type { Io } from './io.js';
import type { Operands, Options } from './options/parse.js';
import { printableJson } from './terminal/printable.js';
import { Screen, written } from './terminal/screen.js';

export type Watch = ManyResults<Options, Operands, Round>;
export type OnWarning = (warning: Error) => void;

export const SIMULATED = "This is a simulated initiator, not this machine's.\n";

/** Prints one round after another. */
interface Printer {
  readonly onWarning: OnWarning;
  sayThatItIsSimulated(): void;
  /** Waits until the text has gone out, or the signal fires. */
  print(round: Round, signal: AbortSignal): Promise<void>;
  end(): void;
}

/** Prints what is new of a round: lines of text, or a line of JSON. */
export class LinePrinter implements Printer {
  readonly onWarning: OnWarning;
  readonly #command: Watch;
  readonly #json: boolean;
  readonly #io: Io;
  #previous: Round | undefined;

  constructor(command: Watch, json: boolean, io: Io) {
    this.#command = command;
    this.#json = json;
    this.#io = io;
    this.onWarning = warningReporter(json, io);
  }

  sayThatItIsSimulated(): void {
    if (!this.#json) this.#io.stderr.write(SIMULATED);
  }

  async print(round: Round, signal: AbortSignal): Promise<void> {
    const isNews = this.#command.isNews(round, this.#previous);
    this.#previous = round;
    if (!isNews) return;
    const time = this.#io.now();
    const text = this.#json ? jsonLine(round, time) : this.#command.formatLines(round, time, this.#io);
    await written(this.#io.stdout, text, signal);
  }

  end(): void {}
}

/** Shows the last round on the whole terminal. */
export class ScreenPrinter implements Printer {
  readonly #command: Watch;
  readonly #io: Io;
  readonly #screen: Screen;
  #content: ReturnType<Watch['createScreen']> | undefined;
  #title = 'iSCSI sessions';
  #warning: string | undefined;

  constructor(command: Watch, io: Io) {
    this.#command = command;
    this.#io = io;
    this.#screen = new Screen(io.stdout);
  }

  readonly onWarning: OnWarning = warning => {
    this.#warning = failureDetails(warning).message;
  };

  sayThatItIsSimulated(): void {
    this.#title = 'Simulated iSCSI sessions';
  }

  async print(round: Round, signal: AbortSignal): Promise<void> {
    const { colour, columns = Number.POSITIVE_INFINITY, rows = Number.POSITIVE_INFINITY } = this.#io;
    // Not the last column: to clear the rest of a full line would take its last character.
    const format = { colour, columns: columns - 1 };
    this.#content ??= this.#command.createScreen(this.#title);
    const lines = this.#content.lines(round, this.#io.now(), this.#warning, format);
    this.#warning = undefined;
    await this.#screen.show(lines, rows, format.columns, signal);
  }

  end(): void {
    this.#screen.leave();
  }
}

function jsonLine(round: Round, time: Date): string {
  const { error } = round;
  const plain = error === undefined ? round : { error: failureDetails(error) };
  return `${printableJson({ time: time.toISOString(), ...plain })}\n`;
}
