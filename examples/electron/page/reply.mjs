// @ts-check
// Errors across IPC. Electron's IPC, and its context bridge, keep of an error only the message: `code`, `hint`, `errno`
// and `syscall` would be lost. So an error travels as data, and is made an error again where it has arrived.

/** @typedef {{ name?: string, message: string, code?: string, hint?: string, errno?: number, syscall?: string }} ErrorData */

/**
 * @template Value
 * @typedef {{ value: Value } | { error: ErrorData }} Reply
 */

/**
 * The sending end: an error as data.
 *
 * @param {any} error
 * @returns {ErrorData}
 */
export function errorData(error) {
  if (typeof error?.toJSON === 'function') return error.toJSON();
  const { name, message = String(error), code } = error ?? {};
  return { name, message, ...(code !== undefined && { code }) };
}

/**
 * The receiving end: returns the value, or throws the error.
 *
 * @template Value
 * @param {Reply<Value>} reply
 * @returns {Value}
 */
export function valueIn(reply) {
  if (!('error' in reply)) return reply.value;
  const { message, ...properties } = reply.error;
  throw Object.assign(new Error(message), properties);
}
