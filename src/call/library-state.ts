import type { ReplyMemory } from '../codec/source.js';
import type { ExportName } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { Gate } from './gate.js';

/** What is remembered of a library between calls. */
export interface LibraryState {
  readonly gate: Gate;
  /** The buffer size that was enough the last time, in bytes. */
  readonly sizes: Map<ExportName, number>;
  /** Memory that no call uses now. */
  readonly spares: Map<ExportName, ReplyMemory>;
}

const states = new WeakMap<Library, LibraryState>();

export function stateOf(library: Library): LibraryState {
  let state = states.get(library);
  if (state === undefined) {
    state = { gate: new Gate(), sizes: new Map(), spares: new Map() };
    states.set(library, state);
  }
  return state;
}
