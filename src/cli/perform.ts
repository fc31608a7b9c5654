import type { AsyncOptions } from '../index.js';
import type { Command, CommonInput, Context, OneResult } from './command.js';
import {
  CommandError,
  DoneInPart,
  failureDetails,
  type Outcome,
  reportFailure,
  tellText,
  UsageError,
  warningReporter,
} from './failure.js';
import type { Io } from './io.js';
import type { Operands, Options } from './options/parse.js';
import { LinePrinter, type OnWarning, ScreenPrinter, SIMULATED, type Watch } from './printer.js';
import { readSecret } from './secret.js';
import { openSimulation } from './simulation.js';
import { printable, printableJson } from './terminal/printable.js';
import { Spinner } from './terminal/spinner.js';
import { wrap } from './terminal/text.js';

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
  const spinner = io.errorObeysEscapes && !json ? new Spinner(io) : undefined;
  try {
    // A program that reads JSON from stderr reads nothing else there.
    if (simulate && !json) io.stderr.write(SIMULATED);
    const library = simulation?.library ?? io.library;
    const report = warningReporter(json, io);
    const onWarning: OnWarning = warning => {
      spinner?.clear();
      report(warning);
    };
    const context = await contextFor(input, io, { library, onWarning, spinner });
    if (command.asksTo !== undefined && !input.yes && !io.ask) {
      throw new UsageError(`There is no terminal to ask on. Give --yes to ${command.asksTo} without a question.`);
    }
    const print = (result: unknown) =>
      io.stdout.write(json ? `${printableJson(result, 2)}\n` : command.format(result, io, input));
    const running = command.run(input, context).finally(() => spinner?.end());
    const result = await running.catch((error: unknown) => {
      if (!(error instanceof DoneInPart)) throw error;
      print(error.result);
      throw error.cause;
    });
    print(result);
    return { status: command.exitStatus?.(result) ?? 0, hanging: command.mayHang?.(result) ?? false };
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
  { ansi, json, timeout, yes = false }: CommonInput,
  io: Io,
  {
    library,
    onWarning,
    spinner,
  }: { library: AsyncOptions['library']; onWarning: OnWarning; spinner?: Spinner | undefined },
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
    json,
    confirm: async question => {
      if (!yes) await confirmed(typeof question === 'string' ? question : await question(), io, signal);
    },
    progress: text => spinner?.show(text),
    tell(text) {
      spinner?.clear();
      if (!json) tellText(text, io);
    },
    readChapSecret: file => readSecret(file, CHAP_SECRET, io, signal),
    readSecret: (file, source) => readSecret(file, source, io, signal),
  };
}

const CHAP_SECRET = { what: 'CHAP secret', option: '--chap-secret-file', variable: 'ISCSIDSC_CHAP_SECRET' };

async function confirmed(question: string, io: Io, signal: AbortSignal): Promise<void> {
  const lines = wrap(`${printable(question)} [y/N]`, (io.errorColumns ?? Number.POSITIVE_INFINITY) - ' '.length);
  if (YES.test((await io.ask?.(`${lines.join('\n')} `, signal)) ?? '')) return;
  throw new CommandError('ERR_ISCSIDSC_NOT_CONFIRMED', 1, 'Nothing was done.', 'The answer was not yes.');
}
