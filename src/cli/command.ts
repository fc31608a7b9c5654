import type { AsyncOptions } from '../index.js';
import { type Input, type Operands, type Options, parseInput } from './options/parse.js';
import { SECONDS } from './options/values.js';
import type { SecretSource } from './secret.js';
import type { Format } from './terminal/colour.js';

/** What a command works with. */
export interface Context {
  /** The library, loaded. */
  readonly iscsidsc: typeof import('../index.js');
  /** The options of the library's functions that the command line asks for. */
  readonly options: AsyncOptions & { readonly signal: AbortSignal };
  /** Of the package. */
  readonly version: string;
  /** Whether the result is printed as JSON, which others may read. */
  readonly json: boolean;
  /** Asks whether to go on, unless --yes was given, and rejects if not. A question that takes calls is made when it is asked. */
  confirm(question: string | (() => Promise<string>)): Promise<void>;
  /** Shows on a terminal what goes on, until the next text or the end of the command. */
  progress(text: string): void;
  /** Tells the user of something beside the result. Prints nothing with --json, because the result has it. */
  tell(text: string): void;
  /** Reads the CHAP secret from the file if one is named, else from where the user has it. */
  readChapSecret(file: string | undefined): Promise<string | Uint8Array>;
  /** The same of another secret. */
  readSecret(file: string | undefined, source: SecretSource): Promise<string | Uint8Array>;
}

interface Described<KnownOptions extends Options, KnownOperands extends Operands> {
  /** A noun and a verb, `session list`, or a verb alone: `status`. */
  readonly name: string;
  /** A word that does the same: `sessions`. */
  readonly plural?: string;
  /** A sentence without a full stop. */
  readonly summary: string;
  /** More sentences. */
  readonly description?: string;
  readonly operands: KnownOperands;
  readonly options: KnownOptions;
  /** How operands and required options are written, if not one after the other. */
  readonly synopsis?: string;
  /** It changes something, so that a call that still runs may take effect later. */
  readonly changes?: true;
  /** What it asks about before it does it: `log out`. It gets the option --yes, which answers. */
  readonly asksTo?: string;
  /** What to type behind `iscsidsc`. */
  readonly example: string;
}

/** A command that has one result. */
export interface OneResult<KnownOptions extends Options, KnownOperands extends Operands, Result>
  extends Described<KnownOptions, KnownOperands> {
  run(input: Input<KnownOptions & KnownOperands>, context: Context): Promise<Result>;
  format(result: Result, format: Format, input: Input<KnownOptions & KnownOperands>): string;
  /** The exit status for a result that the command was not to find. Defaults to 0. */
  exitStatus?(result: Result): 0 | 1;
  /** Whether a native call for a missing part of the result may still run. */
  mayHang?(result: Result): boolean;
}

/** A result among many, which can be an error that does not end the command. */
export interface Round {
  readonly error?: unknown;
}

export interface ResultScreen<Result> {
  lines(result: Result, time: Date, warning: string | undefined, format: Format): string[];
}

/** A command that has one result after another until it is interrupted. */
export interface ManyResults<KnownOptions extends Options, KnownOperands extends Operands, Result extends Round>
  extends Described<KnownOptions, KnownOperands> {
  results(input: Input<KnownOptions & KnownOperands>, context: Context): AsyncIterable<Result>;
  /** Whether to print it behind the previous one. */
  isNews(result: Result, previous: Result | undefined): boolean;
  /** The text to print for it. */
  formatLines(result: Result, time: Date, format: Format): string;
  /** Formats a whole screen for each result. */
  createScreen(title: string): ResultScreen<Result>;
  /** Milliseconds between changes of the simulated machine. */
  changeEveryMs(input: Input<KnownOptions & KnownOperands>): number;
}

export type Command = OneResult<Options, Operands, unknown> | ManyResults<Options, Operands, Round>;

/** The options of every command. */
export const COMMON_OPTIONS = {
  json: { help: 'Print JSON; errors and warnings are JSON, too' },
  simulate: { help: 'Ask a simulated initiator, on any platform' },
  ansi: { help: 'Call the ANSI functions of Windows (A) instead of the Unicode ones (W)' },
  timeout: { help: 'Give up after SECONDS (for example 0.5)', type: SECONDS },
  help: { help: 'Print this help', short: 'h' },
} as const;

const YES = { yes: { help: 'Do not ask', short: 'y' } } as const;

/** What every command line says. */
export type CommonInput = Input<typeof COMMON_OPTIONS> & { readonly yes?: boolean };

/** Infers the types of a command's input and result. */
export function defineCommand<const KnownOptions extends Options, const KnownOperands extends Operands, Result>(
  command: OneResult<KnownOptions, KnownOperands, Result>,
): Command {
  return command;
}

export function defineWatch<
  const KnownOptions extends Options,
  const KnownOperands extends Operands,
  Result extends Round,
>(command: ManyResults<KnownOptions, KnownOperands, Result>): Command {
  return command;
}

export function optionsOf({ options, asksTo }: Command): Options & typeof COMMON_OPTIONS {
  return { ...options, ...(asksTo === undefined ? {} : YES), ...COMMON_OPTIONS };
}

/** Throws a UsageError. */
export function parseCommandInput(command: Command, args: readonly string[]): CommonInput {
  return parseInput(optionsOf(command), command.operands, args);
}
