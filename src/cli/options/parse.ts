import { UsageError } from '../failure.js';
import { suggestion } from '../suggestion.js';

/** What a word of the command line must be. */
export interface ValueType<Value> {
  /** What the help calls it: `SECONDS`. */
  readonly placeholder: string;
  /** What the text must be, in words. */
  readonly expected: string;
  /** Returns undefined if the text is wrong. */
  read(text: string): Value | undefined;
}

/** An option without a value. */
interface Flag {
  readonly help: string;
  readonly short?: string;
}

/** An option with a value: `--timeout SECONDS`. */
interface ValueOption<Value> extends Flag {
  readonly type: ValueType<Value>;
  readonly required?: true;
  /** It may be given more than once: its value is an array. */
  readonly repeatable?: true;
  /** As on the command line. */
  readonly default?: string;
  /** Its value names where a secret is. The secret itself can stand there, or anywhere else, by mistake: no error shows it. */
  readonly ofSecret?: true;
}

/** A word that is not an option. */
export interface Operand<Value = unknown> {
  readonly help: string;
  readonly type: ValueType<Value>;
  readonly required?: true;
  /** It may be given more than once or not at all, in front of the others: its value is an array. */
  readonly repeatable?: true;
  /** The option that may be given in place of it. One of the two is needed. */
  readonly unless?: string;
}

export type Option = Flag | ValueOption<unknown>;
export type Options = Readonly<Record<string, Option>>;
/** In the order in which they are given. */
export type Operands = Readonly<Record<string, Operand>>;

type Given<Of> = Of extends { type: ValueType<infer Value> }
  ? Of extends { repeatable: true }
    ? readonly Value[]
    : Of extends { required: true } | { default: string }
      ? Value
      : Value | undefined
  : boolean;

/**
 * What a command line says: a flag is true or false, a repeatable option an array; another option or an operand that
 * was left out is undefined.
 */
export type Input<Known extends Options | Operands> = { readonly [Name in keyof Known]: Given<Known[Name]> };

/** Reads the words behind a command. Throws a UsageError. */
export function parseInput<KnownOptions extends Options, KnownOperands extends Operands>(
  options: KnownOptions,
  operands: KnownOperands,
  args: readonly string[],
): Input<KnownOptions & KnownOperands> {
  const input: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(options)) {
    if (!('type' in option)) input[name] = false;
    else if (option.repeatable) input[name] = [];
    else if (option.default !== undefined) input[name] = option.type.read(option.default);
  }
  const given: Word[] = [];
  const words = [...args];
  const hides = Object.values(options).some(option => 'type' in option && option.ofSecret);
  let onlyOperands = false;
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const position = args.length - words.length;
    if (onlyOperands || !isOption(word)) given.push({ text: word, position, hides });
    else if (word === '--') onlyOperands = true;
    else {
      const [name, option, attached] = findOption(options, word, hides ? hiddenAt(position) : undefined);
      const value = 'type' in option ? readValue(name, option, attached, words) : readFlag(name, attached);
      const before = input[name];
      input[name] = Array.isArray(before) ? [...before, value] : value;
    }
  }
  readOperands(operands, given, input);
  for (const [name, option] of Object.entries(options)) {
    if ('type' in option && option.required && !(name in input)) throw new UsageError(`Option '--${name}' is missing.`);
  }
  return input as Input<KnownOptions & KnownOperands>;
}

/** A word that is not an option. It can be a secret by mistake if the command `hides` them. */
interface Word {
  readonly text: string;
  readonly position: number;
  readonly hides: boolean;
}

const NOT_SHOWN = 'It is not shown, because it can be a secret.';

function hiddenAt(position: number): string {
  return `: word ${position} after the command. ${NOT_SHOWN}`;
}

function readOperands(operands: Operands, given: readonly Word[], input: Record<string, unknown>): void {
  // A flag that was not given is false.
  const replaced = Object.values(operands).find(
    ({ unless }) => unless !== undefined && (input[unless] ?? false) !== false,
  );
  const all = Object.entries(operands).filter(([, operand]) => operand !== replaced);
  for (const [name, { repeatable }] of all) if (repeatable) input[name] = [];
  // The others take their words first.
  const left = Math.max(0, given.length - all.length + 1);
  const expected = all.flatMap(each => (each[1].repeatable ? Array<typeof each>(left).fill(each) : [each]));
  for (const word of given) {
    const [name, operand] = expected.shift() ?? [];
    if (name === undefined || operand === undefined) {
      if (replaced) throw new UsageError(`Give ${replaced.type.placeholder} or --${replaced.unless}, not both.`);
      throw new UsageError(`Unexpected argument${word.hides ? hiddenAt(word.position) : ` '${word.text}'.`}`);
    }
    const value = readOperand(operand, word);
    const before = input[name];
    input[name] = Array.isArray(before) ? [...before, value] : value;
  }
  const missing = expected.find(([, { required, unless }]) => required || unless !== undefined)?.[1];
  if (missing === undefined) return;
  const { type, unless } = missing;
  throw new UsageError(`${type.placeholder}${unless === undefined ? '' : ` or --${unless}`} is missing.`);
}

/** Whether the flag is among the words, whatever else is wrong with them. */
export function hasFlag(args: readonly string[], ...names: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? undefined : end).some(word => names.includes(word));
}

function isOption(word: string): boolean {
  return word.startsWith('-') && word !== '-';
}

// What may be shown of a word that can be a secret.
const OPTION_NAME = /^(?:--[a-z]+(?:-[a-z]+)*|-.)$/;

/** `hidden` is how the error for an unknown option ends if the word can be a secret. */
function findOption(
  options: Options,
  word: string,
  hidden: string | undefined,
): [name: string, option: Option, attached: string | undefined] {
  const [, dashes = '', name = '', attached] = /^(--?)([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const all = Object.entries(options);
  const found = all.find(([long, { short }]) => (dashes === '--' ? long === name : short === name));
  if (found) return [...found, attached];
  const near = suggestion(
    name,
    all.map(([long]) => [long, `--${long}`]),
  );
  const isShown = hidden === undefined || near !== undefined || OPTION_NAME.test(`${dashes}${name}`);
  throw new UsageError(`Unknown option${isShown ? ` '${dashes}${name}'.` : hidden}`, near);
}

function readFlag(name: string, attached: string | undefined): true {
  if (attached !== undefined) throw new UsageError(`Option '--${name}' takes no value.`);
  return true;
}

function readValue(
  name: string,
  { type, ofSecret }: ValueOption<unknown>,
  attached: string | undefined,
  words: string[],
): unknown {
  const rule = `Option '--${name}' needs ${type.expected}`;
  const [next] = words;
  if (attached === undefined && next !== undefined && isOption(next)) {
    throw new UsageError(
      `${rule}. A value that begins with '-' must be attached: '--${name}=${ofSecret ? type.placeholder : next}'.`,
    );
  }
  const text = attached ?? words.shift();
  if (text === undefined) throw new UsageError(`${rule}.`);
  const value = type.read(text);
  if (value === undefined) throw new UsageError(`${rule}, not '${text}'.`);
  return value;
}

function readOperand({ type }: Operand, { text, position, hides }: Word): unknown {
  const value = type.read(text);
  if (value !== undefined) return value;
  const given = hides ? `. Word ${position} after the command is none. ${NOT_SHOWN}` : `, not '${text}'.`;
  throw new UsageError(`${type.placeholder} must be ${type.expected}${given}`);
}
