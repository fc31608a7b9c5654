// @ts-check
import { replyOf } from '../page/reply.mjs';

/**
 * The part of Electron's `process.parentPort` that is needed.
 *
 * @typedef {object} Port
 * @property {(event: 'message', listener: (event: { data: any }) => void) => unknown} on
 * @property {(message: unknown) => void} postMessage
 */

/**
 * Answers requests by the names of the methods. Errors go back as data.
 *
 * @param {Port} port
 * @param {Record<string, () => unknown>} methods
 */
export function answer(port, methods) {
  port.on('message', async ({ data: { id, method } }) => {
    const reply = await replyOf(() => {
      const action = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (!action) throw new TypeError(`There is no method ${method}.`);
      return action();
    });
    port.postMessage({ id, reply });
  });
}
