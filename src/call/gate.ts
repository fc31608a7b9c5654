// Koffi makes async calls on libuv's thread pool, which has four threads unless the program says otherwise, and files,
// DNS look-ups and more need them too. A hung service must not hold them all.
const MOST_AT_ONCE = 2;

/** Lets at most two native calls of a library run at once; the others wait their turn in order. */
export class Gate {
  #running = 0;
  readonly #waiting = new Set<() => void>();

  /** Starts at once or when a call has left. Returns a function that gives up waiting, true if it was not too late. */
  enter(start: () => void): () => boolean {
    if (this.#running < MOST_AT_ONCE) {
      this.#running++;
      start();
      return () => false;
    }
    this.#waiting.add(start);
    return () => this.#waiting.delete(start);
  }

  /** A call that was let in has returned. */
  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#running--;
    } else {
      this.#waiting.delete(next);
      next();
    }
  }
}
