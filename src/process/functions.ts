// By its name, so that the declarations name the entry, and do not repeat it.
import type * as api from 'iscsidsc';
import * as iscsidsc from '../index.js';
import { undoConnection } from '../tasks/connect/connect-target.js';
import { pollSessions } from '../tasks/watch-sessions.js';

/** The names of the async functions of the package. */
export type AsyncFunctionName = {
  [Name in keyof typeof api]: (typeof api)[Name] extends (...args: never[]) => Promise<unknown> ? Name : never;
}[keyof typeof api];

/** Every async function of the package, under its own name and type. */
export type InitiatorFunctions = Pick<typeof api, AsyncFunctionName | 'watchSessions'>;

type LocalName = Exclude<
  {
    [Name in keyof typeof api]: (typeof api)[Name] extends (...args: never[]) => unknown ? Name : never;
  }[keyof typeof api],
  keyof InitiatorFunctions | `${string}Sync`
>;
const LOCAL: Readonly<Record<LocalName, true>> = { formatUniqueId: true, isIscsidscError: true, parseUniqueId: true };

/** A function that runs in the other process. */
export type RemoteFunction = (...args: unknown[]) => Promise<unknown>;

const PUBLIC: readonly (readonly [name: string, fn: RemoteFunction])[] = Object.entries(iscsidsc)
  .filter(([name, value]) => typeof value === 'function' && isRemote(name))
  .map(([name, value]) => [name, value as RemoteFunction]);

/** The names of the public functions that run in the other process. */
export const PUBLIC_NAMES: readonly string[] = PUBLIC.map(([name]) => name);

/** What the other process can be asked to call, and nothing else. */
export const REMOTE_FUNCTIONS: ReadonlyMap<string, RemoteFunction> = new Map([
  ...PUBLIC,
  ['pollSessions', pollSessions as RemoteFunction],
  ['undoConnection', undoConnection as RemoteFunction],
]);

// Neither a sync form nor a class.
function isRemote(name: string): boolean {
  return /^[a-z]/.test(name) && !/Sync$/.test(name) && name !== 'watchSessions' && !Object.hasOwn(LOCAL, name);
}

const READS = /^(get|report|describe|find|diagnose|is|wait|poll|sendScsi)/;

/** Whether a function only reads, so that it can be called again in place of a call that was lost. */
export function onlyReads(name: string): boolean {
  return READS.test(name);
}
