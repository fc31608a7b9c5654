import { defineCommand } from '../../command.js';
import { INITIATOR_OPTIONS, initiatorPortOf } from '../../options/initiator-options.js';
import { CHAP_OPTIONS, chapLoginOf } from '../../options/login-options.js';
import { PORTAL, targetPortalOf } from '../../options/values.js';
import { portalText } from '../login-text.js';
import { discovery, discoveryText } from './discovery.js';

export const portalAdd = defineCommand({
  name: 'portal add',
  changes: true,
  summary: 'Register a portal, and ask it for its targets',
  description: 'Windows keeps it across restarts. Prints the targets that were not known before.',
  operands: { portal: { help: 'The portal, with port 3260 if that is left out', type: PORTAL, required: true } },
  options: {
    ...INITIATOR_OPTIONS,
    ...CHAP_OPTIONS,
    keep: { help: 'Keep the portal if it does not answer, or lets nobody in' },
  },
  example: 'portal add 10.0.0.10',
  async run(input, context) {
    const { iscsidsc, options } = context;
    const initiator = initiatorPortOf(input);
    const loginOptions = await chapLoginOf(input, context);
    const portal = targetPortalOf(input.portal);
    const settings = { ...initiator, loginOptions, rollback: !input.keep };
    return await discovery({ portal }, context, () =>
      iscsidsc.addIScsiSendTargetPortal(portal, { ...options, ...settings }),
    );
  },
  format: (found, format) => discoveryText(`Registered: ${portalText(found.portal)}.`, found, format),
});
