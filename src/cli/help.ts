import { type Command, optionsOf } from './command.js';
import type { CommandGroup } from './commands/index.js';
import { EXIT_STATUSES } from './failure.js';
import type { Option } from './options/parse.js';
import { textWidth, wrap } from './terminal/text.js';

type Columns = number | undefined;
type Pair = readonly [term: string, meaning: string];

const OPTIONS: readonly Pair[] = [
  ['-h, --help', 'Print this help'],
  ['-V, --version', 'Print the version of iscsidsc'],
];

const ASKS = 'It asks first; --yes answers.';

export function generalHelp(groups: readonly CommandGroup[], columns: Columns): string {
  const pairs = groups.map(({ heading, commands }) => ({ heading, pairs: commands.map(commandPair) }));
  const widest = Math.max(...pairs.map(group => widestOf(group.pairs)));
  return joined(
    text('Usage: iscsidsc COMMAND [options]', columns),
    text('Query and control the iSCSI initiator of Windows.', columns),
    ...pairs.map(group => listing(group.heading, group.pairs, columns, widest)),
    listing('Options', OPTIONS, columns),
    text("'iscsidsc help COMMAND' describes a command, its options and an example.", columns) +
      text('Commands that remove or end something, or change a name or a secret, ask first; --yes answers.', columns) +
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
  const { name, plural, summary, description, asksTo, operands, example } = command;
  const alias = plural === undefined ? '' : `\nThe same: iscsidsc ${plural}`;
  return joined(
    text(`Usage: iscsidsc ${[name, synopsis(command), '[options]'].filter(Boolean).join(' ')}${alias}`, columns),
    text([`${summary}.`, description, asksTo && ASKS].filter(Boolean).join(' '), columns),
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
  const words = Object.values(operands).map(({ type, required, repeatable }) =>
    required ? type.placeholder : `[${type.placeholder}]${repeatable ? '...' : ''}`,
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
function listing(heading: string, pairs: readonly Pair[], columns: Columns, widest = widestOf(pairs)): string {
  if (pairs.length === 0) return '';
  const width = widest + GAP;
  const room = (columns ?? Number.POSITIVE_INFINITY) - INDENT.length - width;
  const lines = pairs.flatMap(([term, meaning]) =>
    room < LEAST_ROOM
      ? [term, ...wrap(meaning, room + width - 8).map(line => ' '.repeat(8) + line)]
      : wrap(meaning, room).map((line, number) => (number === 0 ? term : '').padEnd(width) + line),
  );
  return [...wrap(`${heading}:`, columns ?? Number.POSITIVE_INFINITY), ...lines.map(line => INDENT + line), ''].join(
    '\n',
  );
}

function widestOf(pairs: readonly Pair[]): number {
  return Math.max(...pairs.map(([term]) => textWidth(term)));
}
