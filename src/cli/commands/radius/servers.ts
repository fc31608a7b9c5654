import { type Context, defineCommand } from '../../command.js';
import { text } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';

const OPERAND = {
  server: {
    help: 'The name or the address of the server',
    type: text('SERVER', 'a name or an address'),
    required: true,
  },
} as const;

export const radiusList = defineCommand({
  name: 'radius list',
  summary: 'List the RADIUS servers of the initiator',
  operands: {},
  options: {},
  example: 'radius list',
  run: (_input, { iscsidsc, options }: Context) => iscsidsc.reportRadiusServerList(options),
  format: (servers, format) =>
    servers.length === 0 ? 'No RADIUS server is registered.\n' : servers.map(each => paragraph(each, format)).join(''),
});

export const radiusAdd = defineCommand({
  name: 'radius add',
  changes: true,
  summary: 'Register a RADIUS server',
  description: 'It is not asked. Its secret is set by the function setIScsiInitiatorRADIUSSharedSecret.',
  operands: OPERAND,
  options: {},
  example: 'radius add 10.0.0.9',
  async run({ server }, { iscsidsc, options }) {
    await iscsidsc.addRadiusServer(server, options);
    return { server };
  },
  format: ({ server }, format) => paragraph(`Registered: ${server}.`, format),
});

export const radiusRemove = defineCommand({
  name: 'radius remove',
  changes: true,
  asksTo: 'remove the server',
  summary: 'Remove a RADIUS server, after a question',
  operands: OPERAND,
  options: {},
  example: 'radius remove 10.0.0.9',
  async run({ server }, { iscsidsc, options, confirm }) {
    await confirm(`Remove the RADIUS server ${server}? Logins that need it fail then.`);
    await iscsidsc.removeRadiusServer(server, options);
    return { server };
  },
  format: ({ server }, format) => paragraph(`Removed: ${server}.`, format),
});
