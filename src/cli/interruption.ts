import type { EventEmitter } from 'node:events';

// Ctrl+C, `kill`, and Ctrl+Break of Windows.
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK'] as const;

/** The end of a command that goes on until it is told to stop. */
export class Interruption {
  readonly #source: EventEmitter;
  readonly #controller = new AbortController();
  #listening = false;

  /** `source` is the process, or what stands for it in tests. */
  constructor(source: EventEmitter) {
    this.#source = source;
  }

  get interrupted(): boolean {
    return this.#controller.signal.aborted;
  }

  /** From here on a signal to the process does not end it, but fires this. The second one ends it. */
  listen(): AbortSignal {
    this.#listening = true;
    for (const name of SIGNALS) this.#source.on(name, this.#onSignal);
    return this.#controller.signal;
  }

  /** Stops the command that listens; false where none does. */
  interrupt(): boolean {
    this.#onSignal();
    return this.#listening;
  }

  readonly #onSignal = (): void => {
    for (const name of SIGNALS) this.#source.off(name, this.#onSignal);
    this.#controller.abort();
  };
}
