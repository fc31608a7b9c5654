import type { SendTargetPortalEx } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { type Column, formatTable } from '../../terminal/table.js';
import { chapUsers, initiatorText, loginFlags, portalText } from '../login-text.js';

const COLUMNS: readonly Column<SendTargetPortalEx>[] = [
  { heading: 'PORTAL', values: portal => [portalText(portal)] },
  { heading: 'INSTANCE', values: portal => [initiatorText(portal.initiatorName, portal.initiatorPortNumber)] },
  { heading: 'CHAP USER', values: ({ loginOptions }) => chapUsers(loginOptions), optional: true },
  { heading: 'FLAGS', values: loginFlags, place: { where: 'beneath', when: 'narrow' }, optional: true },
];

export const portalList = defineCommand({
  name: 'portal list',
  plural: 'portals',
  summary: 'List the portals that Windows asks for targets',
  operands: {},
  options: {},
  example: 'portals --json',
  run: (_input, { iscsidsc, options }) => iscsidsc.reportIScsiSendTargetPortalsEx(options),
  format: (portals, format) =>
    portals.length === 0 ? 'No portals are registered.\n' : formatTable(COLUMNS, portals, format),
});
