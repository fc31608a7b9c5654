/** What the open handles of the simulated machine stand for. */
export class Handles {
  readonly #open = new Map<bigint, object>();
  #last = 0n;

  open(object: object): bigint {
    // As Windows has them: multiples of four.
    this.#last += 4n;
    this.#open.set(this.#last, object);
    return this.#last;
  }

  /** The object of that kind behind a handle; undefined for no such handle. */
  get<Kind extends object>(kind: new (...args: never[]) => Kind, handle: unknown): Kind | undefined {
    const object = this.#open.get(handle as bigint);
    return object instanceof kind ? object : undefined;
  }

  /** Whether there was such a handle. */
  close(handle: unknown): boolean {
    return this.#open.delete(handle as bigint);
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size;
  }
}
