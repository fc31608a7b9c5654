// @ts-check
import { errorData } from '../page/reply.mjs';

/** @import { SessionWatch, SessionWithDevices, WatchRound } from 'iscsidsc' */
/** @import { Reply } from '../page/reply.mjs' */

/**
 * The part of Electron's `process.parentPort` that is needed.
 *
 * @typedef {object} Port
 * @property {(event: 'message', listener: () => void) => unknown} on
 * @property {(message: unknown) => void} postMessage
 */

const RETRY_MS = 2000;

/**
 * Sends each round of a watch, from the first message on. A later message asks for a round now: a watch begins anew,
 * unless its first round is still to come.
 *
 * @param {Port} port
 * @param {() => SessionWatch<SessionWithDevices>} watch
 */
export function sendRounds(port, watch) {
  /** @type {SessionWatch<SessionWithDevices> | undefined} */
  let current;
  let firstIsDue = false;
  /** @type {NodeJS.Timeout | undefined} */
  let retry;

  const send = async () => {
    clearTimeout(retry);
    firstIsDue = true;
    try {
      const rounds = watch();
      current = rounds;
      for await (const round of rounds) {
        firstIsDue = false;
        port.postMessage(replyOf(round));
      }
    } catch (error) {
      firstIsDue = false;
      retry = setTimeout(send, RETRY_MS);
      port.postMessage({ error: errorData(error) });
    }
  };
  port.on('message', () => {
    if (firstIsDue) return;
    current?.return();
    send();
  });
}

/**
 * @param {WatchRound<SessionWithDevices>} round
 * @returns {Reply<object[]>}
 */
function replyOf(round) {
  if (round.error) return { error: errorData(round.error) };
  return {
    value: round.sessions.map(session => ({
      ...session,
      state: session.connections.length > 0 ? 'connected' : 'reconnecting',
    })),
  };
}
