// @ts-check

/** Does a thing again and again, one at a time: Windows does not tell of changes, so one has to ask. */
export class Rounds {
  #round;
  #intervalMs;
  /** @type {Promise<any> | undefined} */
  #running;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #stopped = false;

  /**
   * @param {() => Promise<any>} round
   * @param {number} intervalMs from the end of a round to the beginning of the next
   */
  constructor(round, intervalMs) {
    this.#round = round;
    this.#intervalMs = intervalMs;
  }

  /** The result of the round that is going on, or else of one that begins now. */
  now() {
    clearTimeout(this.#timer);
    this.#running ??= this.#round().finally(() => {
      this.#running = undefined;
      if (!this.#stopped) this.#timer = setTimeout(() => this.now(), this.#intervalMs);
    });
    return this.#running;
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }
}
