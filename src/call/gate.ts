// Koffi makes async calls on libuv's thread pool, which has four threads unless the program says otherwise, and files,
// DNS look-ups and more need them too. A hung service must not hold them all.
const MOST_AT_ONCE = 2;

/** Lets at most two native calls of a library run at once; the others wait their turn in order. */
export class Gate {
  #running = 0;
  #starting = false;
  readonly #waiting = new Set<() => void>();

  /** Starts at once or when a call has left. Returns a function that gives up waiting, true if it was not too late. */
  enter(start: () => void): () => boolean {
    this.#waiting.add(start);
    this.#startWaiting();
    return () => this.#waiting.delete(start);
  }

  /** A call that was let in has returned. */
  leave(): void {
    this.#running--;
    this.#startWaiting();
  }

  #startWaiting(): void {
    // A call can fail at once and leave while it starts: the loop goes on, where a call in a call would fill the stack.
    if (this.#starting) return;
    this.#starting = true;
    while (this.#running < MOST_AT_ONCE) {
      const [next] = this.#waiting;
      if (next === undefined) break;
      this.#waiting.delete(next);
      this.#running++;
      next();
    }
    this.#starting = false;
  }
}
