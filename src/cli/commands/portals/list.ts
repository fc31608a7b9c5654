import type { SendTargetPortalEx } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { type Column, formatTable } from '../../terminal/table.js';
import { INSTANCE_COLUMN, initiatorText, LOGIN_COLUMNS, portalText } from '../login-text.js';

const COLUMNS: readonly Column<SendTargetPortalEx>[] = [
  { heading: 'PORTAL', values: portal => [portalText(portal)] },
  { ...INSTANCE_COLUMN, values: portal => [initiatorText(portal.initiatorName, portal.initiatorPortNumber)] },
  ...LOGIN_COLUMNS,
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
