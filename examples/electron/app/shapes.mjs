// @ts-check

/**
 * Checks what has come from the page, and returns a copy with nothing else in it. Throws a `TypeError` that names the
 * member and not its value, which can be a secret.
 *
 * @template Value
 * @typedef {(value: unknown, path: string) => Value} Shape
 */

/**
 * @template Value
 * @typedef {Value extends Shape<infer Inner> ? Inner : never} Shaped
 */

/**
 * @param {string} what
 * @param {(value: any) => boolean} fits
 */
function plain(what, fits) {
  return (/** @type {unknown} */ value, /** @type {string} */ path) => {
    if (!fits(value)) throw new TypeError(`${path} must be ${what}.`);
    return /** @type {any} */ (value);
  };
}

/** @type {Shape<boolean>} */
export const flag = plain('true or false', value => typeof value === 'boolean');

/** @type {Shape<undefined>} */
export const nothing = plain('left out', value => value === undefined);

/**
 * @param {number} most
 * @returns {Shape<string>}
 */
export const text = most =>
  plain(`a text of at most ${most} characters`, value => typeof value === 'string' && value.length <= most);

/**
 * @param {number} least
 * @param {number} most
 * @returns {Shape<number>}
 */
export const whole = (least, most) =>
  plain(`a whole number from ${least} to ${most}`, value => Number.isInteger(value) && value >= least && value <= most);

/**
 * @param {number} most
 * @returns {Shape<Uint8Array>}
 */
export const bytes = most =>
  plain(`1 to ${most} bytes`, value => value instanceof Uint8Array && value.length > 0 && value.length <= most);

/**
 * @template Value
 * @param {Shape<Value>} shape
 * @returns {Shape<Value | undefined>}
 */
export const optional = shape => (value, path) => (value === undefined ? undefined : shape(value, path));

/**
 * @template Value
 * @param {Shape<Value>} shape
 * @param {number} most
 * @returns {Shape<Value[]>}
 */
export const list = (shape, most) => (value, path) => {
  if (!Array.isArray(value) || value.length === 0 || value.length > most) {
    throw new TypeError(`${path} must be an array of 1 to ${most} elements.`);
  }
  return value.map((each, index) => shape(each, `${path}[${index}]`));
};

/**
 * An object with these members and no others.
 *
 * @template {Record<string, Shape<any>>} Members
 * @param {Members} members
 * @returns {Shape<{ [Name in keyof Members]: Shaped<Members[Name]> }>}
 */
export const object = members => (value, path) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`${path} must be an object.`);
  }
  if (Object.keys(value).some(name => !Object.hasOwn(members, name))) {
    throw new TypeError(`${path} must have no members but ${Object.keys(members).join(', ')}.`);
  }
  const given = /** @type {Record<string, unknown>} */ (value);
  const entries = Object.entries(members).map(([name, shape]) => [name, shape(given[name], `${path}.${name}`)]);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
};
