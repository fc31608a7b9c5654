import { isSlow } from '../native/functions.js';
import type { Library } from '../native/library.js';
import type { NativeCall } from './procedure.js';

// Koffi makes async calls on libuv's thread pool. Files, DNS look-ups and more need it, too, so one thread stays free.
const DEFAULT_POOL_SIZE = 4;
const LARGEST_POOL_SIZE = 1024;

/** How many calls may run at once in each lane. */
interface Lanes {
  readonly quick: number;
  readonly slow: number;
}

/**
 * Lets native calls of a library run at once as far as libuv's thread pool allows, and queues the others. Calls that can
 * wait for the network have a lane of their own, so that they never delay a quick call.
 */
export class Gate {
  /** Is called when the number of native calls changes whose callers have stopped waiting, and that still run. */
  onAbandoned: ((count: number) => void) | undefined;
  readonly #quick: Lane;
  readonly #slow: Lane;
  #abandoned = 0;

  constructor({ quick, slow }: Lanes = lanesOf(process.env.UV_THREADPOOL_SIZE)) {
    this.#quick = new Lane(quick);
    this.#slow = slow === 0 ? this.#quick : new Lane(slow);
  }

  /** The lane of a call. */
  lane(call: CallOfLane): Lane {
    return isSlowCall(call) ? this.#slow : this.#quick;
  }

  /** The caller of a native call that runs has stopped waiting. Call what it returns when the call has returned. */
  abandon(): () => void {
    this.#countAbandoned(1);
    return () => this.#countAbandoned(-1);
  }

  #countAbandoned(more: number): void {
    this.#abandoned += more;
    this.onAbandoned?.(this.#abandoned);
  }
}

type CallOfLane = Pick<NativeCall, 'syscall' | 'isSlow'>;

/** Whether a call can wait for the network. */
export function isSlowCall({ syscall, isSlow: slow = isSlow(syscall) }: CallOfLane): boolean {
  return slow;
}

/** The lanes for a value of UV_THREADPOOL_SIZE. A pool of one or two threads has room for one lane only. */
export function lanesOf(poolSize: string | undefined): Lanes {
  // As libuv reads it: what is not a number is 0, and 0 is 1.
  const size = poolSize === undefined ? DEFAULT_POOL_SIZE : Number.parseInt(poolSize, 10) || 1;
  const calls = Math.max(1, Math.min(size < 0 ? LARGEST_POOL_SIZE : size, LARGEST_POOL_SIZE) - 1);
  const slow = Math.floor(calls / 2);
  return { quick: calls - slow, slow };
}

/** Calls of one kind, with a limit on how many run at once. */
export class Lane {
  readonly #most: number;
  #running = 0;
  #starting = false;
  readonly #waiting = new Set<() => void>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Calls `start` at once, or when its turn comes. Returns a function that stops waiting, and that returns false if
   * the call has started.
   */
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
    try {
      while (this.#running < this.#most) {
        const [next] = this.#waiting;
        if (next === undefined) break;
        this.#waiting.delete(next);
        this.#running++;
        next();
      }
    } finally {
      this.#starting = false;
    }
  }
}

const gates = new WeakMap<Library, Gate>();

/** The gate of a library. */
export function gateOf(library: Library): Gate {
  let gate = gates.get(library);
  if (gate === undefined) {
    gate = new Gate();
    gates.set(library, gate);
  }
  return gate;
}
