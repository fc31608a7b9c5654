import type { Characters } from './expected-values.js';

/** A call of one of the functions, with the last of its arguments, the options, where it has any. */
export interface AnyCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

export type Options = Readonly<Record<string, unknown>>;
export type Parameters = Readonly<Record<string, unknown>>;
export type NativeCall = readonly [name: string, parameters: Parameters];

/** What a function calls. */
export interface Made {
  /** How many arguments are in front of the options. */
  readonly positional: number;
  readonly own: readonly string[];
  exports(args: readonly unknown[], options: Options, characters: Characters): NativeCall[];
}

/** What is missing has a default. */
export function or<Value>(value: unknown, otherwise: Value, read: (value: unknown) => Value): Value {
  return value === undefined ? otherwise : read(value);
}

export function orNull<Value>(value: unknown, read: (value: unknown) => Value): Value | null {
  return value === undefined || value === null ? null : read(value);
}
