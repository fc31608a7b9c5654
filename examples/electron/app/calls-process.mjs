// @ts-check
/** @import { SessionWithDevices } from 'iscsidsc' */
/** @import { Reply } from '../page/reply.mjs' */

/**
 * The part of Electron's UtilityProcess that is needed.
 *
 * @typedef {object} Child
 * @property {{ (event: 'message', listener: (message: any) => void): unknown, (event: 'exit', listener: (code: number) => void): unknown }} on
 * @property {(message: unknown) => void} postMessage
 * @property {() => boolean} kill
 */

// Longer than a round takes with its own time limit: silence means that not even that could be kept.
const SILENCE_MS = 15_000;
const RESTART_MS = 2000;
const MOST_DEATHS = 3;

/**
 * The process that makes the native calls, and sends the rounds of its watch. When it dies it is started again: three
 * times without a round in between, then not before `refresh()`. A call that hangs cannot be cancelled, its process can
 * be replaced: that happens after a timeout, and at quit.
 */
export class CallsProcess {
  #fork;
  #onReply;
  /** @type {Child | undefined} */
  #child;
  /** @type {((reply: Reply<SessionWithDevices[]>) => void)[]} */
  #waiting = [];
  /** Of the silence of the process, or of its restart. @type {NodeJS.Timeout | undefined} */
  #timer;
  #deaths = 0;
  #stopped = false;

  /**
   * @param {() => Child} fork
   * @param {(reply: Reply<SessionWithDevices[]>) => void} onReply is called with each round, and with the errors of the process
   */
  constructor(fork, onReply) {
    this.#fork = fork;
    this.#onReply = onReply;
  }

  /**
   * Asks for a round now, and starts the process if it is not running. Never rejects: an error is in the reply.
   *
   * @returns {Promise<Reply<SessionWithDevices[]>>}
   */
  async refresh() {
    if (this.#stopped) return failure('CALLS_PROCESS_STOPPED', 'The app is quitting.');
    this.#deaths = 0;
    return new Promise(resolve => {
      this.#waiting.push(resolve);
      this.#ask();
    });
  }

  /** For good. */
  stop() {
    this.#stopped = true;
    this.#kill();
    this.#answer(failure('CALLS_PROCESS_STOPPED', 'The app is quitting.'));
  }

  #ask() {
    this.#child ??= this.#start();
    this.#listen();
    this.#child.postMessage('refresh');
  }

  #start() {
    const child = this.#fork();
    child.on('message', reply => {
      if (child === this.#child) this.#received(reply);
    });
    child.on('exit', code => {
      if (child === this.#child) this.#died(code);
    });
    return child;
  }

  /** @param {Reply<SessionWithDevices[]>} reply */
  #received(reply) {
    this.#deaths = 0;
    if (hasHungCall(reply)) this.#replace();
    else this.#listen();
    this.#publish(reply);
  }

  /** @param {number} code */
  #died(code) {
    this.#deaths++;
    this.#replace();
    this.#publish(failure('CALLS_PROCESS_ENDED', `The process that asks the initiator has ended (exit code ${code}).`));
    if (this.#deaths < MOST_DEATHS) return;
    clearTimeout(this.#timer);
    this.#publish(
      failure(
        'CALLS_PROCESS_FAILED',
        `The process that asks the initiator has ended ${MOST_DEATHS} times without an answer.`,
        'Press Refresh to start it once more. What it wrote before it ended is on the standard error output of the app.',
      ),
    );
  }

  #listen() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#replace();
      this.#publish(
        failure('CALLS_PROCESS_SILENT', 'The process that asks the initiator did not answer. It has been ended.'),
      );
    }, SILENCE_MS);
  }

  #replace() {
    this.#kill();
    this.#timer = setTimeout(() => this.#ask(), RESTART_MS);
  }

  #kill() {
    clearTimeout(this.#timer);
    const child = this.#child;
    this.#child = undefined;
    child?.kill();
  }

  /** @param {Reply<SessionWithDevices[]>} reply */
  #publish(reply) {
    this.#onReply(reply);
    this.#answer(reply);
  }

  /** @param {Reply<SessionWithDevices[]>} reply */
  #answer(reply) {
    for (const resolve of this.#waiting.splice(0)) resolve(reply);
  }
}

/**
 * Whether a call has not returned in time: it goes on in the process.
 *
 * @param {Reply<SessionWithDevices[]>} reply
 */
function hasHungCall(reply) {
  const errors = 'error' in reply ? [reply.error] : reply.value.map(({ devicesError }) => devicesError);
  return errors.some(error => error?.code === 'ERR_ISCSIDSC_TIMEOUT');
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
