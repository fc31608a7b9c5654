import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.js';

/** An option without a value. */
interface Flag {
  readonly help: string;
  readonly short?: string;
}

/** An option with a value: `--timeout SECONDS`. */
interface ValueOption<Value> extends Flag {
  /** What the value is called in the help. */
  readonly value: string;
  /** What the value must be, in words. */
  readonly expected: string;
  /** The value, or undefined if the text does not give one. */
  read(text: string): Value | undefined;
}

export type Option = Flag | ValueOption<unknown>;
export type Options = Readonly<Record<string, Option>>;

/** What was given of these options. */
export type Values<Given extends Options> = {
  readonly [Name in keyof Given]?: Given[Name] extends ValueOption<infer Value> ? Value : true;
};

/** Options and operands of a command line. `program` is named in the errors. */
export function parseOptions<Known extends Options>(
  program: string,
  known: Known,
  args: readonly string[],
): { values: Values<Known>; operands: string[] } {
  // Not strict: Node's own messages differ from version to version.
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.entries(known).map(([name, option]) => [name, nodeOption(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, unknown> = {};
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind === 'option') {
      const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
      if (option === undefined) throw new UsageError(`Unknown option '${token.rawName}'.`, program);
      values[token.name] = readValue(token.name, option, token.value, program);
    }
  }
  return { values: values as Values<Known>, operands };
}

function readValue(name: string, option: Option, text: string | undefined, program: string): unknown {
  if (!('read' in option)) {
    if (text !== undefined) throw new UsageError(`Option '--${name}' takes no value.`, program);
    return true;
  }
  const rule = `Option '--${name}' needs ${option.expected}`;
  if (text === undefined) throw new UsageError(`${rule}.`, program);
  const value = option.read(text);
  if (value === undefined) throw new UsageError(`${rule}, not '${text}'.`, program);
  return value;
}

function nodeOption(option: Option): { type: 'boolean' | 'string'; short?: string } {
  const type = 'read' in option ? 'string' : 'boolean';
  return option.short === undefined ? { type } : { type, short: option.short };
}
