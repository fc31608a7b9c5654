import { TIMEOUT_HINTS } from '../call/run.js';
import { AbortError, IscsidscError, type Pending } from '../errors.js';
import { onlyReads } from './functions.js';
import type { SentArguments } from './sent-arguments.js';

let lastId = 0;

/** A call that is made in another process, or that waits for one. */
export class RemoteCall {
  readonly id = ++lastId;
  readonly name: string;
  readonly sent: SentArguments;
  readonly onlyReads: boolean;
  readonly promise: Promise<unknown>;
  /** Is called when `timeoutMs` ends or the signal fires. */
  onEnd: () => void = () => {};
  #resolve: (value: unknown) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #isAtEnd = false;
  #thrown: { readonly error: unknown } | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #began = performance.now();

  constructor(name: string, sent: SentArguments) {
    this.name = name;
    this.sent = sent;
    this.onlyReads = onlyReads(name);
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    sent.signal?.addEventListener('abort', this.#end, { once: true });
    if (sent.timeoutMs !== undefined) this.#timer = setTimeout(this.#end, sent.timeoutMs);
  }

  /** Whether its time has ended, or its signal has fired. */
  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** The arguments, with what is left of `timeoutMs`. */
  get args(): unknown[] {
    const { timeoutMs, args } = this.sent;
    if (timeoutMs === undefined) return args;
    return this.sent.withTimeout(Math.max(1, Math.round(timeoutMs - (performance.now() - this.#began))));
  }

  /** Calls a function of the caller. Returns false if it throws: then the call rejects with that, whatever comes. */
  callBack(index: number, args: unknown[]): boolean {
    try {
      this.sent.callbacks[index]?.(...args);
      return true;
    } catch (error) {
      this.#thrown ??= { error };
      return false;
    }
  }

  /** What a function of the caller has thrown. */
  get thrown(): { readonly error: unknown } | undefined {
    return this.#thrown;
  }

  resolve(value: unknown): void {
    this.#close();
    this.#resolve(value);
  }

  reject(error: unknown): void {
    this.#close();
    this.#reject(this.#thrown ? withRemains(this.#thrown.error, Object(error)) : error);
  }

  /** The error of its own end, in place of one from the process that makes it. */
  endError(pending: Pending): Error {
    const { signal, timeoutMs } = this.sent;
    if (signal?.aborted) return new AbortError(signal.reason, pending);
    return new IscsidscError('ERR_ISCSIDSC_TIMEOUT', `The initiator did not answer within ${timeoutMs} ms.`, {
      hint: TIMEOUT_HINTS[pending],
      pending,
    });
  }

  readonly #end = () => {
    this.#isAtEnd = true;
    this.onEnd();
  };

  #close(): void {
    clearTimeout(this.#timer);
    this.sent.signal?.removeEventListener('abort', this.#end);
    this.sent.wipe();
    this.onEnd = () => {};
  }
}

/** As `connectTarget` rejects with what its caller's function has thrown: nothing else says what is left. */
export function withRemains(thrown: unknown, { created, undoErrors, failed }: Partial<IscsidscError>): unknown {
  if (!(thrown instanceof Error) || !Object.isExtensible(thrown)) return thrown;
  return Object.assign(thrown, created && { created }, undoErrors && { undoErrors }, failed && { failed });
}
