import { defineCommand } from '../../command.js';
import { oneOf, SECONDS } from '../../options/values.js';
import { FILTER_OPTIONS, filterOf } from './filter-options.js';
import { type ListedSession, sessionTable } from './session-table.js';

const { target, portal } = FILTER_OPTIONS;

export const sessionWait = defineCommand({
  name: 'session wait',
  summary: 'Wait until a target is connected, has devices or is gone',
  description: 'Prints its session, unless it is gone.',
  operands: {},
  options: {
    target: { ...target, help: 'The target to wait for', required: true },
    portal: { ...portal, help: 'Only its sessions with a connection to this portal' },
    until: {
      help: 'Wait until it is connected, has devices or is gone',
      type: oneOf('WHAT', ['connected', 'devices', 'gone']),
      default: 'connected',
    },
    interval: { help: 'Poll every SECONDS', type: SECONDS, default: '1' },
  },
  example: 'session wait --target iqn.2005-10.org.example.nas:backup --until devices --timeout 60',
  run({ until, interval: intervalMs, ...input }, { iscsidsc, options }): Promise<ListedSession | null> {
    // A session that reconnects is not gone.
    const filter = filterOf({ ...input, state: until === 'gone' ? undefined : 'connected' }) ?? {};
    const waitUntil = until === 'connected' ? undefined : until;
    return iscsidsc.waitForSession(filter, { ...options, intervalMs, until: waitUntil });
  },
  format: (session, format) => sessionTable(session ? [session] : [], format, 'No such session is left.'),
});
