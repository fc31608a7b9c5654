import type { EventEmitter } from 'node:events';

// Ctrl+C, `kill`, and Ctrl+Break of Windows.
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const;

/** Ends a command before it is done: by a signal to the process, or because nobody reads its output any more. */
export class Interruption {
  readonly #source: EventEmitter;
  readonly #controller = new AbortController();
  #by: 'signal' | 'reader' | undefined;
  #listening = false;

  /** `source` is the process, or what stands for it in tests. */
  constructor(source: EventEmitter) {
    this.#source = source;
  }

  get by(): 'signal' | 'reader' | undefined {
    return this.#by;
  }

  /** From here on, the first signal to the process fires this one; the second ends the process. */
  listen(): AbortSignal {
    this.#listening = true;
    for (const name of SIGNALS) this.#source.on(name, this.#onSignal);
    return this.#controller.signal;
  }

  /** The same as a signal, where Ctrl+C does not become one. */
  interrupt(): void {
    this.#end('signal');
  }

  /** The reader has gone. Returns false if no command listens. */
  readerGone(): boolean {
    this.#end('reader');
    return this.#listening;
  }

  readonly #onSignal = (): void => this.#end('signal');

  #end(by: 'signal' | 'reader'): void {
    this.#by ??= by;
    for (const name of SIGNALS) this.#source.off(name, this.#onSignal);
    this.#controller.abort();
  }
}
