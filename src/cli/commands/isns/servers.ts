import { type Context, defineCommand } from '../../command.js';
import { paragraph } from '../../terminal/details.js';
import { discovery, discoveryText } from '../portals/discovery.js';
import { noServer, registeredServer, SERVER, SERVER_OPERAND, serversText } from '../registered-server.js';

export const isnsList = defineCommand({
  name: 'isns list',
  summary: 'List the iSNS servers that Windows asks for targets',
  operands: {},
  options: {},
  example: 'isns list --json',
  run: (_input, { iscsidsc, options }: Context) => iscsidsc.reportISNSServerList(options),
  format: (servers, format) => serversText('iSNS', servers, format),
});

export const isnsAdd = defineCommand({
  name: 'isns add',
  changes: true,
  summary: 'Register an iSNS server, and ask it for its targets',
  description: 'Windows keeps it across restarts. Prints the targets that were not known before.',
  operands: SERVER_OPERAND,
  options: {},
  example: 'isns add isns.corp.example',
  async run({ server }, context) {
    const { iscsidsc, options } = context;
    return await discovery({ server }, context, () => iscsidsc.addISNSServer(server, options));
  },
  format: ({ server, ...found }, format) => discoveryText(`Registered: ${server}.`, found, format),
});

export const isnsRefresh = defineCommand({
  name: 'isns refresh',
  changes: true,
  summary: 'Ask a registered iSNS server for its targets again, or all of them',
  description: 'Prints the targets that were not known before.',
  operands: { server: { ...SERVER, help: 'The server. Without it, all are asked' } },
  options: {},
  example: 'isns refresh',
  async run({ server }, context) {
    const { iscsidsc, options } = context;
    const servers = await iscsidsc.reportISNSServerList(options);
    if (servers.length === 0) throw noServer('iSNS', 'No iSNS server is registered.', 'add SERVER');
    const one = server === undefined ? null : registeredServer('iSNS', server, servers);
    const asked = { servers: one === null ? servers : [one] };
    return await discovery(asked, context, () => iscsidsc.refreshISNSServer(one, options));
  },
  format: ({ servers, ...found }, format) => discoveryText(`Asked: ${servers.join(', ')}.`, found, format),
});

export const isnsRemove = defineCommand({
  name: 'isns remove',
  changes: true,
  asksTo: 'remove the server',
  summary: 'Remove an iSNS server from those that Windows asks for targets',
  description: 'Sessions, and targets that it told of, stay.',
  operands: SERVER_OPERAND,
  options: {},
  example: 'isns remove isns.corp.example',
  async run({ server: given }, { iscsidsc, options, confirm }) {
    const server = registeredServer('iSNS', given, await iscsidsc.reportISNSServerList(options));
    await confirm(`Remove the iSNS server ${server}? Windows no longer asks it for targets.`);
    await iscsidsc.removeISNSServer(server, options);
    return { server };
  },
  format: ({ server }, format) => paragraph(`Removed: iSNS server ${server}.`, format),
});
