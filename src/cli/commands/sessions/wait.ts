import { defineCommand } from '../../command.js';
import { SECONDS } from '../../options/values.js';
import { FILTER_OPTIONS, filterOf } from './filter-options.js';
import { sessionTable } from './session-table.js';

const { target, portal } = FILTER_OPTIONS;

export const sessionWait = defineCommand({
  name: 'session wait',
  summary: 'Wait until a target is connected, and print its session',
  operands: {},
  options: {
    target: { ...target, help: 'The target to wait for', required: true },
    portal: { ...portal, help: 'Connected to this portal of the target' },
    interval: { help: 'Poll every SECONDS', type: SECONDS, default: '1' },
  },
  example: 'session wait --target iqn.2005-10.org.example.nas:backup --timeout 60',
  run({ interval: intervalMs, ...input }, { iscsidsc, options }) {
    const filter = { ...filterOf({ ...input, state: 'connected' }) };
    return iscsidsc.waitForSession(filter, { ...options, intervalMs });
  },
  format: (session, format) => sessionTable([session], format),
});
