import { IscsidscError } from '../errors.js';
import {
  type Args,
  type Done,
  type ExportName,
  type NativeFunction,
  nativeFunction,
  prototypeOf,
} from '../native/functions.js';
import { koffi } from '../native/koffi.js';
import type { Address } from './native-memory.js';
import { afterWaits, Wait } from './wait.js';

// The initiator has no statuses of this range.
const FIRST_FAILURE = 0xdead0000;

/** The native function pointers of a simulator, and the calls of them that are on their way. */
export class NativeFunctions {
  readonly #delayMs: () => number;
  readonly #pointers: bigint[] = [];
  readonly #failures = new Map<number, unknown>();
  #running = 0;
  /** How often the call that is being answered has waited for a slow portal. */
  #waits = 0;
  #disposed = false;

  /** Every call takes as long as `delayMs` says, in milliseconds. */
  constructor(delayMs: () => number) {
    this.#delayMs = delayMs;
  }

  /** A native function that answers with what `respond` returns: its arguments are addresses. */
  create(name: ExportName, respond: (...args: Address[]) => number): NativeFunction {
    this.refuseIfDisposed(name);
    const prototype = prototypeOf(name);
    const callback = (...args: Address[]) => {
      try {
        return afterWaits(this.#waits, () => respond(...args));
      } catch (error) {
        return this.#keepFailure(error);
      }
    };
    const pointer = koffi().register(callback, koffi().pointer(prototype));
    this.#pointers.push(pointer);
    return this.#guard(name, koffi().decode(pointer, prototype));
  }

  dispose(): void {
    this.#disposed = true;
    // A call on its way would come back to a pointer that is no more.
    if (this.#running > 0) return;
    for (const pointer of this.#pointers.splice(0)) koffi().unregister(pointer);
  }

  #guard(name: ExportName, native: NativeFunction): NativeFunction {
    const call = (args: Args, waits: number): number => {
      this.#waits = waits;
      const status = native(...args);
      const failure = this.#takeFailure(status);
      if (failure) throw failure;
      return status;
    };
    const run = (args: Args): number => {
      this.refuseIfDisposed(name);
      for (let waits = 0, ms = this.#delayMs(); ; waits++) {
        if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
        try {
          return call(args, waits);
        } catch (error) {
          if (!(error instanceof Wait)) throw error;
          ms = error.ms;
        }
      }
    };
    const start = (args: Args, done: Done): void => {
      this.refuseIfDisposed(name);
      this.#running++;
      // The JavaScript behind the pointer runs on this thread: a thread of the pool could only wait for it, and
      // forever if the process exits meanwhile.
      const attempt = (waits: number) => {
        let status = 0;
        let failure: Error | null = null;
        try {
          status = call(args, waits);
        } catch (error) {
          if (error instanceof Wait) return later(error.ms, waits + 1);
          failure = error as Error;
        }
        this.#running--;
        if (this.#disposed) this.dispose();
        done(failure, status);
      };
      const later = (ms: number, waits: number) => {
        if (ms > 0) setTimeout(attempt, ms, waits);
        else setImmediate(attempt, waits);
      };
      later(this.#delayMs(), 0);
    };
    return nativeFunction(run, start);
  }

  // An exception cannot pass through the native call in between: a status of its own stands for it.
  #keepFailure(error: unknown): number {
    const status = (FIRST_FAILURE + this.#failures.size) >>> 0;
    this.#failures.set(status, error);
    return status;
  }

  #takeFailure(status: number): unknown {
    const failure = this.#failures.get(status) ?? null;
    this.#failures.delete(status);
    return failure;
  }

  refuseIfDisposed(name: string): void {
    if (this.#disposed) {
      throw new IscsidscError('ERR_ISCSIDSC_DISPOSED', 'This simulator has been disposed of.', { syscall: name });
    }
  }
}
