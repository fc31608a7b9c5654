import { nameKey } from '../../api/targets/target-name.js';
import type { Library } from '../../native/library.js';

const queues = new WeakMap<Library, Map<string, Promise<unknown>>>();

/** Tasks for one target run one after the other: of two that begin at once, the second finds what the first has made. */
export class Turn {
  /** Kept when those before have ended. */
  readonly come: Promise<unknown>;
  #end: () => void = () => {};

  constructor(library: Library, targetName: string) {
    const key = nameKey(targetName);
    const queue = queues.get(library) ?? new Map<string, Promise<unknown>>();
    queues.set(library, queue);
    this.come = queue.get(key) ?? Promise.resolve();
    const ended = new Promise<void>(resolve => {
      this.#end = resolve;
    });
    // One that does not wait for its turn ends before those that it would have waited for.
    const all = Promise.all([this.come, ended]).then(() => {
      if (queue.get(key) === all) queue.delete(key);
    });
    queue.set(key, all);
  }

  end(): void {
    this.#end();
  }
}
