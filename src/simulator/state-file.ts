import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { invalidArgument } from '../errors.js';
import type { InitiatorState, KeptState } from './state.js';

/** A file that keeps the simulated machine from process to process. */
export class StateFile {
  readonly #path: string;
  #written: string | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads the machine, if it has been written. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT` for a file of another kind. */
  readInto(state: InitiatorState): void {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    try {
      state.restore(JSON.parse(text, toBytes) as KeptState);
    } catch {
      throw invalidArgument(
        'stateFile must be the path of a file that a simulator has written, or of none',
        this.#path,
      );
    }
    this.#written = text;
  }

  /** Writes the machine, if it has changed. */
  write(state: InitiatorState): void {
    const text = JSON.stringify(state.kept, fromBytes, 2);
    if (text === this.#written) return;
    // A reader sees the old machine or the new one, and never half of it.
    const draft = `${this.#path}.${process.pid}`;
    writeFileSync(draft, text);
    renameSync(draft, this.#path);
    this.#written = text;
  }
}

function fromBytes(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { hex: Buffer.from(value).toString('hex') } : value;
}

function toBytes(_: string, value: unknown): unknown {
  const { hex } = Object(value) as { hex?: unknown };
  return typeof hex === 'string' ? Uint8Array.from(Buffer.from(hex, 'hex')) : value;
}
