import { formatPortal } from '../../../portal.js';
import { defineCommand } from '../../command.js';
import { INITIATOR_OPTIONS } from '../../options/initiator-options.js';
import { CHAP_OPTIONS, DIGEST_OPTIONS, loginOptionsOf } from '../../options/login-options.js';
import { PORTAL, targetPortalOf } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';
import { namedSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from '../sessions/session-argument.js';

export const connectionAdd = defineCommand({
  name: 'connection add',
  changes: true,
  summary: 'Add a connection to a session',
  description:
    "Most targets allow one connection per session. A second path is usually a second session: see 'iscsidsc help target login'. The connection ends with the session, and cannot be saved.",
  operands: {
    ...SESSION_OPERAND,
    portal: { help: "A portal of the session's portal group", type: PORTAL, required: true },
  },
  options: {
    ...SESSION_TARGET,
    ...CHAP_OPTIONS,
    ...DIGEST_OPTIONS,
    'port-number': {
      ...INITIATOR_OPTIONS['port-number'],
      help: 'Use this local address of the initiator, by its number',
    },
  },
  synopsis: `${SESSION_SYNOPSIS} ADDR[:PORT]`,
  example: 'connection add --target iqn.1992-08.com.example.san:vol-sql 192.168.2.108',
  async run(input, context) {
    const { iscsidsc, options } = context;
    const loginOptions = await loginOptionsOf(input, context);
    const { sessionId } = await namedSession(input, context);
    const targetPortal = targetPortalOf(input.portal);
    const settings = { targetPortal, initiatorPortNumber: input['port-number'], loginOptions };
    const connectionId = await iscsidsc.addIScsiConnection(sessionId, { ...options, ...settings });
    return { sessionId, connectionId, targetPortal };
  },
  format: ({ sessionId, connectionId, targetPortal: { address, socket } }, format) =>
    paragraph(`Added: connection ${connectionId} of session ${sessionId} (${formatPortal(address, socket)}).`, format),
});
