import { sameAddress } from '../../portal.js';
import { CommandError } from '../failure.js';
import { text } from '../options/values.js';
import type { Format } from '../terminal/colour.js';
import { paragraph } from '../terminal/details.js';

/** How a command line names a server. */
export const SERVER = {
  help: 'The name or the address of the server',
  type: text('SERVER', 'a name or an address'),
} as const;
export const SERVER_OPERAND = { server: { ...SERVER, required: true } } as const;

type Kind = 'iSNS' | 'RADIUS';

/** The server as it is reported. Throws if it is not among the registered ones. */
export function registeredServer(kind: Kind, server: string, registered: readonly string[]): string {
  const found = registered.find(each => sameAddress(each, server));
  if (found === undefined) throw noServer(kind, `There is no registered ${kind} server ${server}.`, 'list');
  return found;
}

/** The error for a server that is not registered. `verb` is that of the command that helps. */
export function noServer(kind: Kind, problem: string, verb: 'list' | 'add SERVER'): CommandError {
  const helps = verb === 'list' ? 'lists the registered servers' : 'registers one';
  const hint = `'iscsidsc ${kind.toLowerCase()} ${verb}' ${helps}.`;
  return new CommandError(`ERR_ISCSIDSC_${kind.toUpperCase()}_SERVER_NOT_FOUND`, 4, problem, hint);
}

/** One server in each line. */
export function serversText(kind: Kind, servers: readonly string[], format: Format): string {
  if (servers.length === 0) return `No ${kind} server is registered.\n`;
  return servers.map(server => paragraph(server, format)).join('');
}
