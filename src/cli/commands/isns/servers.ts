import { type Context, defineCommand } from '../../command.js';
import { text } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';
import { discovery, discoveryText } from '../portals/discovery.js';

const SERVER = { help: 'The name or the address of the server', type: text('SERVER', 'a name or an address') };
const OPERAND = { server: { ...SERVER, required: true } } as const;

export const isnsList = defineCommand({
  name: 'isns list',
  summary: 'List the iSNS servers that Windows asks for targets',
  operands: {},
  options: {},
  example: 'isns list --json',
  run: (_input, { iscsidsc, options }: Context) => iscsidsc.reportISNSServerList(options),
  format: (servers, format) =>
    servers.length === 0 ? 'No iSNS server is registered.\n' : servers.map(each => paragraph(each, format)).join(''),
});

export const isnsAdd = defineCommand({
  name: 'isns add',
  changes: true,
  summary: 'Register an iSNS server, and ask it for its targets',
  operands: OPERAND,
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
  summary: 'Ask an iSNS server for its targets again, or all of them',
  operands: { server: SERVER },
  options: {},
  example: 'isns refresh',
  async run({ server = null }, context) {
    const { iscsidsc, options } = context;
    return await discovery({ server }, context, () => iscsidsc.refreshISNSServer(server, options));
  },
  format: ({ server, ...found }, format) => discoveryText(`Asked: ${server ?? 'all servers'}.`, found, format),
});

export const isnsRemove = defineCommand({
  name: 'isns remove',
  changes: true,
  asksTo: 'remove the server',
  summary: 'Remove an iSNS server, after a question',
  description: 'The targets that it told of, and sessions, stay.',
  operands: OPERAND,
  options: {},
  example: 'isns remove isns.corp.example',
  async run({ server }, { iscsidsc, options, confirm }) {
    await confirm(`Remove the iSNS server ${server}?`);
    await iscsidsc.removeISNSServer(server, options);
    return { server };
  },
  format: ({ server }, format) => paragraph(`Removed: ${server}.`, format),
});
