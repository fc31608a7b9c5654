import { disposed, processEnded } from './end-errors.js';
import type { NodeChild, UtilityChild } from './forked-child.js';
import { type ChildTimes, InitiatorChild } from './initiator-child.js';
import type { RemoteCall } from './remote-call.js';

/** The processes that make the calls: one, and beside it those whose native calls hang until they are killed. */
export class ChildPool {
  readonly #fork: () => NodeChild | UtilityChild;
  readonly #times: ChildTimes;
  readonly #children = new Set<InitiatorChild>();
  readonly #going = new Set<Promise<void>>();
  #isDisposed = false;

  constructor(fork: () => NodeChild | UtilityChild, times: ChildTimes) {
    this.#fork = fork;
    this.#times = times;
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  take(call: RemoteCall): void {
    if (this.#isDisposed) {
      call.reject(disposed('notStarted'));
      return;
    }
    const child = this.#childFor(call);
    if (child instanceof InitiatorChild) child.take(call);
    else call.reject(processEnded('notStarted', 'notStarted', { cause: child.error }));
  }

  /** Ends all of them. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    for (const child of [...this.#children]) child.kill('disposed');
    await Promise.all(this.#going);
  }

  #childFor(call: RemoteCall): InitiatorChild | { readonly error: unknown } {
    const next = this.#next ?? this.#start();
    // A call that only reads need not wait for the start: if that child is killed, it is made again in the next one.
    if (call.onlyReads && !(next instanceof InitiatorChild && next.isReady)) {
      const stuck = [...this.#children].find(child => child.isStuck && child.isReady);
      if (stuck) return stuck;
    }
    return next;
  }

  /** The child that takes the calls. */
  get #next(): InitiatorChild | undefined {
    const free = [...this.#children].filter(child => !child.isStuck);
    return free.find(child => child.isReady) ?? free[0];
  }

  #start(): InitiatorChild | { readonly error: unknown } {
    let child: InitiatorChild;
    try {
      child = new InitiatorChild(this.#fork, this.#times, {
        onReady: () => this.#killStuck(),
        onStuck: () => {
          // Before the next call needs it.
          if (this.#next === undefined) this.#start();
        },
        onGraceOver: () => this.#killStuck(),
        onEnded: (ended, left) => this.#ended(ended, left),
      });
    } catch (error) {
      return { error };
    }
    this.#children.add(child);
    this.#going.add(child.gone);
    child.gone.then(() => this.#going.delete(child.gone));
    return child;
  }

  /** Those whose time is over, unless they are still needed until another one is ready. */
  #killStuck(): void {
    const isReplaced = this.#next?.isReady === true;
    for (const child of [...this.#children]) {
      if (child.isGraceOver && (isReplaced || child.isIdle)) child.kill('hung');
    }
  }

  #ended(ended: InitiatorChild, left: readonly RemoteCall[]): void {
    this.#children.delete(ended);
    for (const call of left) this.take(call);
    // What should have replaced others did not start.
    if (this.#next === undefined) for (const child of [...this.#children]) if (child.isGraceOver) child.kill('hung');
  }
}
