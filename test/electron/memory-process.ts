import { EventEmitter } from 'node:events';
import { sendRounds } from '../../examples/electron/sessions/send-rounds.mjs';

/** A utility process in this one: the example's own sender of rounds, through copies as in IPC. */
export class MemoryProcess extends EventEmitter {
  readonly #port = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown) => this.#later(() => this.emit('message', structuredClone(message))),
  });
  #alive = true;

  constructor(watch: Parameters<typeof sendRounds>[1]) {
    super();
    sendRounds(this.#port, watch);
  }

  postMessage(message: unknown): void {
    const data = structuredClone(message);
    this.#later(() => this.#port.emit('message', { data }));
  }

  kill(): boolean {
    this.die(15);
    return true;
  }

  /** Ends, as after a crash. */
  die(code: number): void {
    this.#later(() => {
      this.#alive = false;
      this.emit('exit', code);
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  #later(action: () => void): void {
    setImmediate(() => {
      if (this.#alive) action();
    });
  }
}
