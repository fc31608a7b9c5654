import { defineCommand } from '../../command.js';
import { serviceDetails } from './service-details.js';

export const serviceShow = defineCommand({
  name: 'service show',
  summary: 'Show the state of the iSCSI Initiator service, and when it starts',
  operands: {},
  options: {},
  example: 'service show',
  run: (_input, { iscsidsc, options }) => iscsidsc.getInitiatorService(options),
  format: serviceDetails,
});
