import { invalidArgument } from './errors.js';

/** What a value must be, in words and as a test. */
export type Check = readonly [expected: string, fits: (value: unknown) => boolean];

/** Checks an object of options: no other members than the known ones, and each of them right or undefined. */
export function checkMembers<Options extends object>(
  what: string,
  options: Options | undefined,
  checks: Readonly<Record<string, Check>>,
): Options {
  if (options === undefined) return {} as Options;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw invalidArgument(`The ${what} must be an object`, options);
  }
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(checks, name)) {
      throw invalidArgument(`A member of the ${what} must be one of ${Object.keys(checks).join(', ')}`, name);
    }
    const [expected, fits] = checks[name] as Check;
    if (value !== undefined && !fits(value)) throw invalidArgument(`${name} must be ${expected}`, value);
  }
  return options;
}

/** A whole number of 0 to `most`. */
export function wholeNumber(most = Number.MAX_SAFE_INTEGER, least = 0): Check {
  return [
    `a whole number from ${least} to ${most}`,
    value => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  ];
}
