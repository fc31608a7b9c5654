import { defineCommand } from '../../command.js';
import { FILTER_OPTIONS, filterOf } from './filter-options.js';
import { type ListedSession, mayHang, sessionTable } from './session-table.js';

export const sessionList = defineCommand({
  name: 'session list',
  plural: 'sessions',
  summary: 'List the active sessions',
  operands: {},
  options: { devices: { help: 'Add the devices of each session' }, ...FILTER_OPTIONS },
  example: 'sessions --devices --state connected',
  run(input, { iscsidsc, options }): Promise<ListedSession[]> {
    const filter = filterOf(input);
    if (input.devices) return iscsidsc.describeSessions({ ...options, ...(filter && { filter }) });
    return filter ? iscsidsc.findSessions(filter, options) : iscsidsc.getIScsiSessionList(options);
  },
  format: (sessions, format, input) =>
    sessionTable(sessions, format, filterOf(input) && 'No active iSCSI session fits.'),
  mayHang: sessions => sessions.some(mayHang),
});
