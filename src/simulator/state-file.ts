import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { invalidArgument } from '../errors.js';
import type { InitiatorState, KeptState } from './state.js';

/** A file that keeps the simulated machine from process to process. */
export class StateFile {
  readonly #path: string;
  /** What it held when it was read or written last. */
  #text: string | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Reads the machine if another process has written it. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT` for a file of another
   * kind.
   */
  readInto(state: InitiatorState): void {
    const text = this.#read();
    if (text === undefined || text === this.#text) return;
    try {
      state.restore(JSON.parse(text, toBytes) as KeptState);
    } catch {
      throw invalidArgument(
        'stateFile must be the path of a file that a simulator has written, or of none',
        this.#path,
      );
    }
    this.#text = text;
  }

  /** Writes the machine, if it has changed. */
  write(state: InitiatorState): void {
    const text = JSON.stringify(state.kept, fromBytes, 2);
    if (text === this.#text) return;
    // A reader sees the old machine or the new one, and never half of it. Threads have one process id.
    const draft = `${this.#path}.${crypto.randomUUID()}`;
    // It has what proves the secrets of the simulated machine.
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, this.#path);
    this.#text = text;
  }

  #read(): string | undefined {
    try {
      return readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

function fromBytes(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { hex: Buffer.from(value).toString('hex') } : value;
}

function toBytes(_: string, value: unknown): unknown {
  const { hex } = Object(value) as { hex?: unknown };
  return typeof hex === 'string' ? Uint8Array.from(Buffer.from(hex, 'hex')) : value;
}
