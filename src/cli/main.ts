import { COMMON_OPTIONS, type Command, parseCommandInput } from './command.js';
import { COMMAND_GROUPS, COMMANDS } from './commands/index.js';
import { type Outcome, reportFailure, UsageError } from './failure.js';
import { commandHelp, generalHelp, nounHelp } from './help.js';
import type { Io } from './io.js';
import { hasFlag } from './options/parse.js';
import { perform } from './perform.js';
import { type Candidate, suggestion } from './suggestion.js';

const DONE: Outcome = { status: 0, hanging: false };
const HELP_FLAGS = ['--help', '-h'];

/** The command line: `argv` is what follows `iscsidsc`. Never rejects. */
export async function main(argv: readonly string[], io: Io): Promise<Outcome> {
  const found = find(argv);
  try {
    return await start(found, argv, io);
  } catch (error) {
    const told = error instanceof UsageError ? error.withHint(found.command?.name) : error;
    return reportFailure(told, { json: hasFlag(argv, '--json'), changes: found.command?.changes === true }, io);
  }
}

/** What the first words name: a command, or a noun alone. */
interface Found {
  readonly command?: Command;
  readonly noun?: string;
  /** What follows. */
  readonly rest: readonly string[];
}

function find(words: readonly string[]): Found {
  const [first = '', second = ''] = words;
  const plural = COMMANDS.find(command => command.plural === first);
  if (plural) return { command: plural, rest: words.slice(1) };
  const command = COMMANDS.find(({ name }) => name === `${first} ${second}`);
  if (command) return { command, rest: words.slice(2) };
  const alone = COMMANDS.find(({ name }) => name === first);
  if (alone) return { command: alone, rest: words.slice(1) };
  return commandsOf(first).length > 0 ? { noun: first, rest: words.slice(1) } : { rest: words };
}

async function start({ command, noun, rest }: Found, argv: readonly string[], io: Io): Promise<Outcome> {
  if (command) {
    const verb = rest[0] ?? '';
    const meant =
      command.plural === argv[0] && commandsOf(nounOf(command.name)).find(({ name }) => verbOf(name) === verb);
    if (meant) throw new UsageError(`Unknown command '${command.plural} ${verb}'.`, `Did you mean '${meant.name}'?`);
    if (!hasFlag(rest, ...HELP_FLAGS)) return perform(command, parseCommandInput(command, rest), io);
    io.stdout.write(commandHelp(command, io.columns));
    return DONE;
  }
  const [first] = rest;
  if (noun !== undefined) {
    if (first !== undefined && !HELP_FLAGS.includes(first)) throw unknownVerb(noun, first);
    return printHelp(nounHelp(noun, commandsOf(noun), io.columns), first !== undefined, io);
  }
  if (first === undefined) return printHelp(generalHelp(COMMAND_GROUPS, io.errorColumns), false, io);
  if (first === '--version' || first === '-V') {
    io.stdout.write(`${io.version}\n`);
    return DONE;
  }
  if (first === 'help' || HELP_FLAGS.includes(first))
    return helpFor(
      argv.slice(1).filter(word => !HELP_FLAGS.includes(word)),
      io,
    );
  throw unknownWord(first);
}

/** `help`, `help session`, `help session list`, `help sessions`. */
function helpFor(words: readonly string[], io: Io): Outcome {
  const { command, noun, rest } = find(words);
  const [next] = rest;
  if (command && next === undefined) return printHelp(commandHelp(command, io.columns), true, io);
  if (noun !== undefined && next === undefined)
    return printHelp(nounHelp(noun, commandsOf(noun), io.columns), true, io);
  if (next === undefined || next === 'help') return printHelp(generalHelp(COMMAND_GROUPS, io.columns), true, io);
  if (command) throw new UsageError(`Unexpected argument '${next}'.`);
  throw noun === undefined ? unknownWord(next) : unknownVerb(noun, next);
}

/** Help that was asked for is the result; else the command line was incomplete. */
function printHelp(text: string, asked: boolean, io: Io): Outcome {
  (asked ? io.stdout : io.stderr).write(text);
  return asked ? DONE : { status: 2, hanging: false };
}

function commandsOf(noun: string): Command[] {
  return COMMANDS.filter(({ name }) => name.split(' ')[0] === noun);
}

function unknownVerb(noun: string, word: string): UsageError {
  const verbs = commandsOf(noun).map(({ name }): Candidate => [verbOf(name), name]);
  const all = `The verbs of ${noun} are ${verbs.map(([verb]) => verb).join(', ')}.`;
  if (word.startsWith('-')) return new UsageError('The verb is missing.', all);
  return new UsageError(`Unknown command '${noun} ${word}'.`, suggestion(word, verbs) ?? all);
}

function unknownWord(word: string): UsageError {
  if (!word.startsWith('-')) return new UsageError(`Unknown command '${word}'.`, suggestion(word, WORD_CANDIDATES));
  const name = word.replace(/^-+/, '');
  if (Object.hasOwn(COMMON_OPTIONS, name)) return new UsageError(`Option '${word}' must follow the command.`);
  return new UsageError(`Unknown option '${word}'.`, suggestion(name, OPTION_CANDIDATES));
}

const VERSION_CANDIDATE: Candidate = ['version', '--version'];
const OPTION_CANDIDATES: readonly Candidate[] = [VERSION_CANDIDATE, ['help', '--help']];

// A verb alone stands for the command that has it, and `version` for what other programs have under that name.
const WORD_CANDIDATES: readonly Candidate[] = [
  ...COMMANDS.flatMap(({ name, plural }): Candidate[] => [
    [nounOf(name), nounOf(name)],
    ...(plural === undefined ? [] : [[plural, plural] as const]),
  ]),
  ['help', 'help'],
  ...COMMANDS.map(({ name }): Candidate => [verbOf(name), name]),
  VERSION_CANDIDATE,
];

function nounOf(name: string): string {
  return name.split(' ')[0] ?? name;
}

function verbOf(name: string): string {
  return name.split(' ')[1] ?? name;
}
