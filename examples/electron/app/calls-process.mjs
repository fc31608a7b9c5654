// @ts-check
/** @import { Reply } from '../page/reply.mjs' */

/**
 * The part of Electron's UtilityProcess that is needed.
 *
 * @typedef {object} Child
 * @property {{ (event: 'message', listener: (message: any) => void): unknown, (event: 'exit', listener: (code: number) => void): unknown }} on
 * @property {(message: unknown) => void} postMessage
 * @property {() => boolean} kill
 */

// Longer than the calls' own time limit: silence means that not even that could be kept.
const ANSWER_MS = 15_000;
const MOST_DEATHS = 3;

/**
 * The process that makes the native calls. It is started when something is asked, and again when it has died: three
 * times without an answer in between, then not before `forgive()`. A hung call cannot be cancelled, its process can be
 * replaced: that happens after a time-out, and at quit.
 */
export class CallsProcess {
  #fork;
  /** @type {Child | undefined} */
  #child;
  /** @type {Map<number, (reply: Reply<any>) => void>} */
  #pending = new Map();
  #lastId = 0;
  #deaths = 0;
  #stopped = false;

  /** @param {() => Child} fork */
  constructor(fork) {
    this.#fork = fork;
  }

  /**
   * Never rejects: an error is in the reply.
   *
   * @param {string} method
   * @returns {Promise<Reply<any>>}
   */
  async ask(method) {
    if (this.#stopped) return failure('CALLS_PROCESS_STOPPED', 'The app is quitting.');
    if (this.#deaths >= MOST_DEATHS) {
      return failure(
        'CALLS_PROCESS_FAILED',
        `The process that asks the initiator has ended ${MOST_DEATHS} times without an answer.`,
        'Press Refresh to start it once more. What it wrote before it ended is on the standard error output of the app.',
      );
    }
    const child = this.#child ?? this.#start();
    const id = ++this.#lastId;
    return new Promise(resolve => {
      const silence = setTimeout(() => {
        this.#replace('CALLS_PROCESS_SILENT', 'The process that asks the initiator did not answer. It has been ended.');
      }, ANSWER_MS);
      this.#pending.set(id, reply => {
        clearTimeout(silence);
        resolve(reply);
      });
      child.postMessage({ id, method });
    });
  }

  /** Forgets how often it has died. */
  forgive() {
    this.#deaths = 0;
  }

  /** For good. */
  stop() {
    this.#stopped = true;
    this.#replace('CALLS_PROCESS_STOPPED', 'The app is quitting.');
  }

  #start() {
    const child = this.#fork();
    this.#child = child;
    child.on('message', ({ id, reply }) => this.#answered(id, reply));
    child.on('exit', code => {
      if (child !== this.#child) return;
      this.#deaths++;
      this.#end('CALLS_PROCESS_ENDED', `The process that asks the initiator has ended (exit code ${code}).`);
    });
    return child;
  }

  /**
   * @param {number} id
   * @param {Reply<any>} reply
   */
  #answered(id, reply) {
    this.#deaths = 0;
    this.#pending.get(id)?.(reply);
    this.#pending.delete(id);
    if ('error' in reply && reply.error.code === 'ERR_ISCSIDSC_TIMEOUT') {
      this.#replace('CALLS_PROCESS_ENDED', 'The process that asks the initiator has been ended: a call hung in it.');
    }
  }

  /**
   * @param {string} code
   * @param {string} message
   */
  #replace(code, message) {
    const child = this.#child;
    this.#end(code, message);
    child?.kill();
  }

  /**
   * @param {string} code
   * @param {string} message
   */
  #end(code, message) {
    this.#child = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const settle of pending) settle(failure(code, message));
  }
}

/**
 * @param {string} code
 * @param {string} message
 * @param {string} [hint]
 * @returns {Reply<never>}
 */
function failure(code, message, hint) {
  return { error: { name: 'Error', code, message, ...(hint && { hint }) } };
}
