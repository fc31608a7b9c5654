import { type Command, optionsOf } from './command.js';
import { EXIT_STATUSES } from './failure.js';
import type { Option } from './options/parse.js';
import { textWidth, wrap } from './terminal/text.js';

type Columns = number | undefined;
type Pair = readonly [term: string, meaning: string];

const OPTIONS: readonly Pair[] = [
  ['-h, --help', 'Print this help'],
  ['-V, --version', 'Print the version of iscsidsc'],
];

export function generalHelp(commands: readonly Command[], columns: Columns): string {
  return joined(
    text('Usage: iscsidsc COMMAND [options]', columns),
    text('Query and control the iSCSI initiator of Windows.', columns),
    listing('Commands', commands.map(commandPair), columns),
    listing('Options', OPTIONS, columns),
    text("'iscsidsc help COMMAND' describes a command, its options and an example.", columns) +
      text(`Exit status: ${EXIT_STATUSES}.`, columns),
  );
}

/** The help of a noun: of all its verbs. */
export function nounHelp(noun: string, commands: readonly Command[], columns: Columns): string {
  return joined(
    text(`Usage: iscsidsc ${noun} VERB [options]`, columns),
    listing('Commands', commands.map(commandPair), columns),
    text(`'iscsidsc help ${noun} VERB' describes one of them.`, columns),
  );
}

export function commandHelp(command: Command, columns: Columns): string {
  const { name, plural, summary, description, operands, example } = command;
  const alias = plural === undefined ? '' : `\nThe same: iscsidsc ${plural}`;
  return joined(
    text(`Usage: iscsidsc ${[name, synopsis(command), '[options]'].filter(Boolean).join(' ')}${alias}`, columns),
    text(`${summary}.${description === undefined ? '' : ` ${description}`}`, columns),
    listing(
      'Operands',
      Object.values(operands).map(({ help, type }) => [type.placeholder, help]),
      columns,
    ),
    listing(
      'Options',
      Object.entries(optionsOf(command)).map(([option, definition]) => optionPair(option, definition)),
      columns,
    ),
    `Example:\n  iscsidsc ${example}\n`,
  );
}

function synopsis({ synopsis: given, operands, options }: Command): string {
  if (given !== undefined) return given;
  const words = Object.values(operands).map(({ type, required }) =>
    required ? type.placeholder : `[${type.placeholder}]`,
  );
  const needed = Object.entries(options).flatMap(([name, option]) =>
    'type' in option && option.required ? [`--${name} ${option.type.placeholder}`] : [],
  );
  return [...words, ...needed].join(' ');
}

function commandPair({ name, plural, summary }: Command): Pair {
  return [name, plural === undefined ? summary : `${summary} (the same: ${plural})`];
}

function optionPair(name: string, option: Option): Pair {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  if (!('type' in option)) return [`${short}--${name}`, option.help];
  const facts = [
    ...(option.required ? ['required'] : []),
    ...(option.default === undefined ? [] : [`default: ${option.default}`]),
  ];
  const remark = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  return [`${short}--${name} ${option.type.placeholder}`, `${option.help}${remark}`];
}

function joined(...blocks: readonly string[]): string {
  return blocks.filter(Boolean).join('\n');
}

function text(sentences: string, columns: Columns): string {
  return sentences
    .split('\n')
    .flatMap(line => wrap(line, columns ?? Number.POSITIVE_INFINITY))
    .map(line => `${line}\n`)
    .join('');
}

const INDENT = '  ';
const GAP = 2;
const LEAST_ROOM = 24;

/** Terms with their meanings beside them, or beneath where there is no room. */
function listing(heading: string, pairs: readonly Pair[], columns: Columns): string {
  if (pairs.length === 0) return '';
  const width = Math.max(...pairs.map(([term]) => textWidth(term))) + GAP;
  const room = (columns ?? Number.POSITIVE_INFINITY) - INDENT.length - width;
  const lines = pairs.flatMap(([term, meaning]) =>
    room < LEAST_ROOM
      ? [term, ...wrap(meaning, room + width - 8).map(line => ' '.repeat(8) + line)]
      : wrap(meaning, room).map((line, number) => (number === 0 ? term : '').padEnd(width) + line),
  );
  return [`${heading}:`, ...lines.map(line => INDENT + line), ''].join('\n');
}
