import { isSlow } from '../native/functions.js';
import type { NativeCall } from './procedure.js';

const DEFAULT_POOL_SIZE = 4;
const LARGEST_POOL_SIZE = 1024;

/** How many threads libuv's pool has, read the way libuv reads it. */
function poolSize(): number {
  const text = process.env.UV_THREADPOOL_SIZE;
  if (text === undefined) return DEFAULT_POOL_SIZE;
  const size = Number.parseInt(text, 10) || 1;
  return size < 0 ? LARGEST_POOL_SIZE : Math.min(size, LARGEST_POOL_SIZE);
}

interface Lane {
  running: number;
  readonly waiting: Set<() => void>;
}

/**
 * Limits how many native calls of a library run at once: they run on libuv's pool, which files and DNS look-ups need
 * too. Calls that can wait for the network have a lane of their own.
 *
 * One thread of the pool always stays free, and neither lane takes the last of the others, so that slow calls do not
 * delay a quick one. With less than three threads that cannot be: each lane then runs one call.
 */
export class Gate {
  readonly #mostInLane: number;
  readonly #most: number;
  // The quick lane first: where both wait for a thread, it gets it.
  readonly #quick: Lane = { running: 0, waiting: new Set() };
  readonly #slow: Lane = { running: 0, waiting: new Set() };
  #starting = false;

  constructor(threads = poolSize()) {
    this.#mostInLane = Math.max(threads - 2, 1);
    this.#most = Math.max(threads - 1, 2);
  }

  /**
   * Starts a call at once, or when others have left. Returns a function that gives up waiting. A call that was started
   * has to leave.
   */
  enter({ syscall }: Pick<NativeCall, 'syscall'>, start: (leave: () => void) => void): () => void {
    const lane = isSlow(syscall) ? this.#slow : this.#quick;
    const leave = () => {
      lane.running--;
      this.#startWaiting();
    };
    const turn = () => start(leave);
    lane.waiting.add(turn);
    this.#startWaiting();
    return () => lane.waiting.delete(turn);
  }

  #startWaiting(): void {
    // A call can fail at once and leave while it starts: the loop goes on, where a call in a call would fill the stack.
    if (this.#starting) return;
    this.#starting = true;
    for (let lane = this.#laneWithRoom(); lane !== undefined; lane = this.#laneWithRoom()) {
      const [next] = lane.waiting;
      if (next === undefined) break;
      lane.waiting.delete(next);
      lane.running++;
      next();
    }
    this.#starting = false;
  }

  #laneWithRoom(): Lane | undefined {
    if (this.#quick.running + this.#slow.running >= this.#most) return undefined;
    return [this.#quick, this.#slow].find(({ running, waiting }) => running < this.#mostInLane && waiting.size > 0);
  }
}
