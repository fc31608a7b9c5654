import type { ReplyMemory } from '../codec/source.js';
import type { ExportName } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { isSystemLibrary } from '../native/system-library.js';
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
    const gate = isSystemLibrary(library) ? systemGate() : new Gate();
    state = { gate, sizes: new Map(), spares: new Map() };
    states.set(library, state);
  }
  return state;
}

// The ESM and the CommonJS copy of this package call the same service: together, too, they must leave threads of the
// pool free. Another number in the name when Gate changes its ways.
const SYSTEM_GATE = Symbol.for('iscsidsc.gate.1');

function systemGate(): Gate {
  const shared = globalThis as { [SYSTEM_GATE]?: Gate };
  shared[SYSTEM_GATE] ??= new Gate();
  return shared[SYSTEM_GATE];
}
