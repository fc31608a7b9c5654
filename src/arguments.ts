import { invalidArgument, notAnObject } from './errors.js';

/** What a value must be, in words and as a test. */
export type Check = readonly [expected: string, fits: (value: unknown) => boolean];

/** The checks of the members that an object may have, by name. */
export type Checks = Readonly<Record<string, Check>>;

/**
 * Checks an object of options: no other members than the known ones, and each of them right or undefined. Returns a
 * frozen copy without the undefined ones. Members that the object inherits count too, because a plain read finds them.
 * Each is read once: a getter cannot return another value after the check.
 */
export function checkMembers<Options extends object>(
  what: string,
  options: Options | undefined,
  checks: Checks,
): Readonly<Options> {
  if (options === undefined) return Object.freeze({}) as Options;
  refuseUnknown(`the ${what}`, options, Object.keys(checks));
  return checkEach(options, checks);
}

/** The same of an object that may have other members, which are left out. */
export function checkEach<Options extends object>(options: object, checks: Checks): Readonly<Options> {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(checks)) {
    const value = (options as Record<string, unknown>)[name];
    if (value === undefined) continue;
    refuseWrong(name, value, checks);
    copy[name] = value;
  }
  return Object.freeze(copy) as Options;
}

/**
 * Checks a filter: like options, but with at least one member, and none of them undefined. A value that could not be
 * looked up must not stand for everything.
 */
export function checkFilter<Filter extends object>(what: string, filter: Filter, checks: Checks): Readonly<Filter> {
  refuseUnknown(`the ${what}`, filter, Object.keys(checks));
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(checks)) {
    if (!(name in filter)) continue;
    const value = (filter as Record<string, unknown>)[name];
    refuseWrong(name, value, checks);
    copy[name] = value;
  }
  if (Object.keys(copy).length === 0) {
    throw invalidArgument(`The ${what} must have at least one of ${Object.keys(checks).join(', ')}`, filter);
  }
  return Object.freeze(copy) as Filter;
}

/** Refuses what is no object, or has other members than these. A misspelt one would be left out in silence. */
export function refuseUnknown(what: string, value: object, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw notAnObject(`${what.charAt(0).toUpperCase()}${what.slice(1)}`, value);
  }
  for (const name in value) {
    if (!known.includes(name)) throw invalidArgument(`A member of ${what} must be one of ${known.join(', ')}`, name);
  }
}

function refuseWrong(name: string, value: unknown, checks: Checks): void {
  const [expected, fits] = checks[name] as Check;
  if (value === undefined || !fits(value)) throw invalidArgument(`${name} must be ${expected}`, value);
}

// SCSI's flat addresses of 14 bits are as many, and no target has as many portals.
const MOST_ELEMENTS = 2 ** 14;

/** The elements of an array, each read once: it can be a proxy, or as long as an array can be. A hole is undefined. */
export function elementsOf<Element>(what: string, array: readonly Element[]): Element[] {
  const { length } = array;
  if (!(length <= MOST_ELEMENTS)) throw invalidArgument(`${what} must have at most ${MOST_ELEMENTS} elements`, length);
  return Array.from({ length }, (_, index) => array[index] as Element);
}

export const BOOLEAN: Check = ['true or false', value => typeof value === 'boolean'];

export const STRING_OR_NULL: Check = ['a string or null', value => value === null || typeof value === 'string'];

export const OBJECT_OR_NULL: Check = ['an object or null', value => typeof value === 'object'];

/** A whole number from `least` to `most`. */
export function wholeNumber(most = Number.MAX_SAFE_INTEGER, least = 0): Check {
  return [
    `a whole number from ${least} to ${most}`,
    value => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  ];
}
