import { type Context, defineCommand } from '../../command.js';
import { paragraph } from '../../terminal/details.js';
import { registeredServer, SERVER_OPERAND, serversText } from '../registered-server.js';

export const radiusList = defineCommand({
  name: 'radius list',
  summary: 'List the RADIUS servers that check CHAP for the initiator',
  operands: {},
  options: {},
  example: 'radius list --json',
  run: (_input, { iscsidsc, options }: Context) => iscsidsc.reportRadiusServerList(options),
  format: (servers, format) => serversText('RADIUS', servers, format),
});

export const radiusAdd = defineCommand({
  name: 'radius add',
  changes: true,
  summary: 'Register a RADIUS server',
  description:
    "Nothing is sent to the server. 'iscsidsc radius set-secret' sets the secret that this machine shares with it.",
  operands: SERVER_OPERAND,
  options: {},
  example: 'radius add 10.0.0.9',
  async run({ server }, { iscsidsc, options }) {
    await iscsidsc.addRadiusServer(server, options);
    return { server };
  },
  format: ({ server }, format) => paragraph(`Registered: RADIUS server ${server}.`, format),
});

export const radiusRemove = defineCommand({
  name: 'radius remove',
  changes: true,
  asksTo: 'remove the server',
  summary: 'Remove a RADIUS server',
  operands: SERVER_OPERAND,
  options: {},
  example: 'radius remove 10.0.0.9',
  async run({ server: given }, { iscsidsc, options, confirm }) {
    const server = registeredServer('RADIUS', given, await iscsidsc.reportRadiusServerList(options));
    await confirm(`Remove the RADIUS server ${server}? Logins that need it fail then.`);
    await iscsidsc.removeRadiusServer(server, options);
    return { server };
  },
  format: ({ server }, format) => paragraph(`Removed: RADIUS server ${server}.`, format),
});
