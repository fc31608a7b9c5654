import { defineCommand } from '../../command.js';
import { portalText } from '../login-text.js';
import { discovery, discoveryText } from './discovery.js';
import { BOUND_TO, PORTAL_OPERAND, registeredPortal } from './registered-portal.js';

export const portalRefresh = defineCommand({
  name: 'portal refresh',
  changes: true,
  summary: 'Ask a registered portal for its targets again',
  description: "Prints the targets that were not known before. 'iscsidsc targets --refresh' asks all portals.",
  operands: PORTAL_OPERAND,
  options: BOUND_TO,
  example: 'portal refresh 192.168.1.108',
  async run(input, context) {
    const { iscsidsc, options } = context;
    const portal = await registeredPortal(input, context);
    return await discovery({ portal }, context, () => iscsidsc.refreshIScsiSendTargetPortal(portal, options));
  },
  format: (found, format) => discoveryText(`Asked: ${portalText(found.portal)}.`, found, format),
});
