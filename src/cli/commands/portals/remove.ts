import type { SendTargetPortalEx } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { paragraph } from '../../terminal/details.js';
import { initiatorText, portalText } from '../login-text.js';
import { BOUND_TO, PORTAL_OPERAND, registeredPortal } from './registered-portal.js';

export const portalRemove = defineCommand({
  name: 'portal remove',
  changes: true,
  asksTo: 'remove the portal',
  summary: 'Remove a portal from those that Windows asks for targets',
  description: 'Its sessions and the targets that it reported stay. Its CHAP secret is lost.',
  operands: PORTAL_OPERAND,
  options: BOUND_TO,
  example: 'portal remove 192.168.1.108',
  async run(input, context) {
    const { iscsidsc, options } = context;
    const portal = await registeredPortal(input, context);
    await context.confirm(`Remove ${described(portal)}? Its CHAP secret, if it has one, is lost.`);
    await iscsidsc.removeIScsiSendTargetPortal(portal, options);
    return portal;
  },
  format: (portal, format) => paragraph(`Removed: ${described(portal)}.`, format),
});

function described(portal: SendTargetPortalEx): string {
  const { initiatorName, initiatorPortNumber } = portal;
  const bound = initiatorName === '' ? '' : ` (${initiatorText(initiatorName, initiatorPortNumber)})`;
  return `portal ${portalText(portal)}${bound}`;
}
