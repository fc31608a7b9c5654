import { invalidArgument } from './errors.js';

/** What a value must be, in words and as a test. */
export type Check = readonly [expected: string, fits: (value: unknown) => boolean];

/**
 * Returns a copy of the known members of an options object, each read once and checked; members that are undefined are
 * left out. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`, for unknown members too. What sits on the prototype counts: options
 * can be an instance of a class.
 */
export function checkMembers<Options extends object>(
  what: string,
  options: Options | undefined,
  checks: Readonly<Record<string, Check>>,
): Readonly<Options> {
  const copy: Record<string, unknown> = {};
  if (options === undefined) return copy as Options;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw invalidArgument(`The ${what} must be an object`, options);
  }
  for (const name in options) {
    if (!Object.hasOwn(checks, name)) {
      throw invalidArgument(`A member of the ${what} must be one of ${Object.keys(checks).join(', ')}`, name);
    }
  }
  for (const name in checks) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    if (value === undefined) continue;
    const [expected, fits] = checks[name] as Check;
    if (!fits(value)) throw invalidArgument(`${name} must be ${expected}`, value);
    copy[name] = value;
  }
  return copy as Options;
}

/** A whole number from `least` to `most`. */
export function wholeNumber(most = Number.MAX_SAFE_INTEGER, least = 0): Check {
  return [
    `a whole number from ${least} to ${most}`,
    value => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  ];
}
