import { EventEmitter } from 'node:events';
import { answer } from '../../examples/electron/sessions/answer.mjs';

/** A utility process in this one: the example's own answers to its own requests, through copies as in IPC. */
export class MemoryProcess extends EventEmitter {
  readonly #port = Object.assign(new EventEmitter(), {
    postMessage: (message: unknown) => this.#later(() => this.emit('message', structuredClone(message))),
  });
  #alive = true;

  constructor(methods: Record<string, () => unknown>) {
    super();
    answer(this.#port, methods);
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
