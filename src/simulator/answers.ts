import type { TextForm } from '../codec/sink.js';
import { formatUniqueId, parseUniqueId } from '../codec/unique-id.js';
import type { ExportName } from '../native/functions.js';
import { type Address, readUint64, writeUint64 } from './native-memory.js';
import type { InitiatorState } from './state.js';

/** Answers a call: the arguments are addresses, as the native function was given them. */
export type Respond = (state: InitiatorState, ...args: (Address | undefined)[]) => number;

/** Answers a call of the A or the W form of an export. */
export type RespondInForm = (state: InitiatorState, text: TextForm, ...args: (Address | undefined)[]) => number;

/** The answers of some exports. */
export type Answers = Readonly<Partial<Record<ExportName, Respond>>>;

/** The answers of the two forms of an export. */
export function bothForms<Name extends string>(name: Name, respond: RespondInForm) {
  const wide: Respond = (state, ...args) => respond(state, state.wide, ...args);
  const ansi: Respond = (state, ...args) => respond(state, state.ansi, ...args);
  return { [`${name}W`]: wide, [`${name}A`]: ansi } as { [Form in `${Name}${'A' | 'W'}`]: Respond };
}

/** The session or connection id at an address, as text. */
export function uniqueIdAt(address: Address): string {
  if (address === null) return '';
  return formatUniqueId({ adapterUnique: readUint64(address), adapterSpecific: readUint64(address + 8n) });
}

/** Writes an id to where a call wants it, if anywhere. */
export function writeUniqueId(address: Address, id: string): void {
  if (address === null) return;
  const { adapterUnique, adapterSpecific } = parseUniqueId(id);
  writeUint64(address, adapterUnique);
  writeUint64(address + 8n, adapterSpecific);
}
