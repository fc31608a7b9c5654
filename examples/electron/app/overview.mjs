// @ts-check
import { errorData } from '../page/reply.mjs';

/** @import { DiskDescription, SessionsRound, SessionWatch } from 'iscsidsc' */
/** @import { InitiatorProcess } from 'iscsidsc/process' */
/** @import { Reply } from '../page/reply.mjs' */

/** @typedef {{ [Part in 'nodeName' | 'targets' | 'disks' | 'portals']: Reply<unknown> }} Parts */

const WATCH = { intervalMs: 2000, timeoutMs: 10_000 };
const TIMEOUT_MS = 10_000;
/** What other programs change shows after this long, unless a session changes with it. */
const LONGEST_MS = 30_000;

/**
 * What the page shows. The sessions are watched; everything is asked for again when one of them changes, when the
 * initiator answers again after an error, and now and then.
 */
export class Overview {
  #initiator;
  #publish;
  /** @type {SessionWatch | undefined} */
  #watch;
  /** @type {Promise<void>} */
  #running = Promise.resolve();
  /** @type {Promise<void> | undefined} */
  #next;
  /** Milliseconds since 1970; 0 if the initiator did not answer since. */
  #asked = 0;
  #stopped = false;

  /**
   * @param {InitiatorProcess} initiator
   * @param {(parts: Parts) => void} publish
   */
  constructor(initiator, publish) {
    this.#initiator = initiator;
    this.#publish = publish;
  }

  /** Asks for everything and publishes it; from the first time on, also by itself. */
  refresh() {
    if (this.#stopped) return Promise.resolve();
    if (this.#watch === undefined) this.#follow();
    // One that runs may have asked before what the caller wants to see.
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      this.#running = this.#ask();
      return this.#running;
    });
    return this.#next;
  }

  stop() {
    this.#stopped = true;
    this.#watch?.return();
  }

  async #follow() {
    this.#watch = this.#initiator.watchSessions(WATCH);
    for await (const round of this.#watch) {
      if (round.error) this.#failed(round.error);
      else if (this.#isDue(round)) await this.refresh();
    }
  }

  /** @param {SessionsRound} round */
  #isDue({ first, added, removed, changed }) {
    if (!first && added.length + removed.length + changed.length > 0) return true;
    return Date.now() - this.#asked >= LONGEST_MS;
  }

  /** @param {unknown} reason */
  #failed(reason) {
    const error = { error: errorData(reason) };
    this.#tell({ nodeName: error, targets: error, disks: error, portals: error });
  }

  async #ask() {
    const options = { timeoutMs: TIMEOUT_MS };
    const [nodeName, targets, disks, portals] = await Promise.all([
      replyOf(this.#initiator.getIScsiInitiatorNodeName(options)),
      replyOf(this.#initiator.describeTargets(options)),
      replyOf(this.#initiator.describeDisks(options).then(all => all.map(diskForPage))),
      replyOf(this.#initiator.reportIScsiSendTargetPortalsEx(options)),
    ]);
    this.#tell({ nodeName, targets, disks, portals });
  }

  /** @param {Parts} parts */
  #tell(parts) {
    if (this.#stopped) return;
    this.#asked = Object.values(parts).some(reply => 'error' in reply) ? 0 : Date.now();
    this.#publish(parts);
  }
}

/**
 * @template Value
 * @param {Promise<Value>} promise
 * @returns {Promise<Reply<Value>>}
 */
async function replyOf(promise) {
  try {
    return { value: await promise };
  } catch (error) {
    return { error: errorData(error) };
  }
}

/**
 * Without `bigint`, for which a page needs special care: a size is only shown.
 *
 * @param {DiskDescription} disk
 */
function diskForPage({ sizeBytes, volumes, devices: _, ...disk }) {
  return {
    ...disk,
    sizeBytes: sizeBytes === null ? null : Number(sizeBytes),
    volumes: volumes?.map(({ name, paths }) => ({ name, paths })) ?? null,
  };
}
