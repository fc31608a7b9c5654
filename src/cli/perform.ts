import type { AsyncOptions } from '../index.js';
import type { COMMON_OPTIONS, Command, Context, ManyResults, OneResult, Round } from './command.js';
import { CommandError, failureDetails, type Outcome, reportFailure, warningReporter } from './failure.js';
import type { Io } from './io.js';
import type { Input, Operands, Options } from './options/parse.js';
import { openSimulation } from './simulation.js';
import { printableJson } from './terminal/printable.js';
import { Screen, written } from './terminal/screen.js';
import { wrap } from './terminal/text.js';

type CommonInput = Input<typeof COMMON_OPTIONS>;
type Watch = ManyResults<Options, Operands, Round>;
type OnWarning = (warning: Error) => void;

const SIMULATED = "The sessions are simulated: they are not this machine's.\n";
const YES = /^\s*y(es)?\s*$/i;

/** Runs a command and prints what it returns. Rejects with its errors. */
export function perform(command: Command, input: CommonInput, io: Io): Promise<Outcome> {
  return 'results' in command ? performMany(command, input, io) : performOne(command, input, io);
}

async function performOne(
  command: OneResult<Options, Operands, unknown>,
  input: CommonInput,
  io: Io,
): Promise<Outcome> {
  const { json, simulate } = input;
  const simulation = simulate ? await openSimulation() : undefined;
  try {
    // A program that reads JSON from stderr reads nothing else there.
    if (simulate && !json) io.stderr.write(SIMULATED);
    const library = simulation?.library ?? io.library;
    const context = await contextFor(input, io, { library, onWarning: warningReporter(json, io) });
    const result = await command.run(input, context);
    io.stdout.write(json ? `${printableJson(result, 2)}\n` : command.format(result, io, input));
    return { status: 0, hanging: false };
  } finally {
    simulation?.close();
  }
}

async function performMany(command: Watch, input: CommonInput, io: Io): Promise<Outcome> {
  const { json, simulate } = input;
  const printer = io.rows === undefined || json ? new LinePrinter(command, json, io) : new ScreenPrinter(command, io);
  const simulation = simulate ? await openSimulation(command.changeEveryMs(input)) : undefined;
  let hanging = false;
  let failure: Outcome | undefined;
  try {
    if (simulate) printer.sayThatItIsSimulated();
    const library = simulation?.library ?? io.library;
    const context = await contextFor(input, io, { library, onWarning: printer.onWarning });
    for await (const round of command.results(input, context)) {
      hanging ||= failureDetails(round.error).pending === 'running';
      await printer.print(round, context.options.signal);
    }
  } catch (error) {
    printer.end();
    failure = reportFailure(error, { json, changes: false }, io);
  } finally {
    printer.end();
    simulation?.close();
  }
  const { by } = io.interruption;
  return {
    status: failure?.status ?? (by === 'signal' ? 130 : 0),
    // The watch may have ended while a call was running.
    hanging: hanging || by !== undefined || failure?.hanging === true,
  };
}

async function contextFor(
  { ansi, timeout }: CommonInput,
  io: Io,
  { library, onWarning }: { library: AsyncOptions['library']; onWarning: OnWarning },
): Promise<Context> {
  const signal = io.interruption.listen();
  const options: Context['options'] = {
    charset: ansi ? 'ansi' : 'unicode',
    signal,
    onWarning,
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(library === undefined ? {} : { library }),
  };
  return {
    iscsidsc: await import('../index.js'),
    options,
    version: io.version,
    get canAsk() {
      return io.ask !== undefined;
    },
    confirm: question => confirmed(question, io, signal),
  };
}

async function confirmed(question: string, io: Io, signal: AbortSignal): Promise<void> {
  const lines = wrap(`${question} [y/N]`, (io.errorColumns ?? Number.POSITIVE_INFINITY) - ' '.length);
  if (YES.test((await io.ask?.(`${lines.join('\n')} `, signal)) ?? '')) return;
  throw new CommandError('ERR_ISCSIDSC_NOT_CONFIRMED', 1, 'Nothing was done.', 'The answer was not yes.');
}

/** Prints one round after another. */
interface Printer {
  readonly onWarning: OnWarning;
  sayThatItIsSimulated(): void;
  /** Waits until the text has gone out, or the signal fires. */
  print(round: Round, signal: AbortSignal): Promise<void>;
  end(): void;
}

/** Prints what is new of a round: lines of text, or a line of JSON. */
class LinePrinter implements Printer {
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
class ScreenPrinter implements Printer {
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
