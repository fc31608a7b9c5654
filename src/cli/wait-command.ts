import type { SessionFilter, WaitOptions } from '../index.js';
import { CALL_OPTIONS, withCallOptions } from './call-options.js';
import { defineCommand } from './command.js';
import { parsePortal } from './portal.js';
import { printableJson } from './printable.js';
import { SECONDS } from './seconds.js';
import { sessionTable } from './session-table.js';
import { UsageError } from './usage-error.js';

const TARGET = { value: 'IQN', expected: 'the name of a target', read: (text: string) => text || undefined };
const PORTAL = {
  value: 'ADDR[:PORT]',
  expected: 'an address such as 10.0.0.5, 10.0.0.5:3260, fd00::5 or [fd00::5]:3260',
  read: parsePortal,
};

export const waitCommand = defineCommand({
  name: 'wait',
  summary: 'Wait until a target is connected, and print its session',
  options: {
    target: { help: 'The target to wait for; must be given', ...TARGET },
    portal: { help: 'Connected by this portal of the target', ...PORTAL },
    interval: { help: 'Time from one list to the next, 1 if left out', ...SECONDS },
    ...CALL_OPTIONS,
  },
  async run(values, io) {
    const { target, portal, interval, json } = values;
    if (target === undefined) throw new UsageError("Option '--target' is missing.", 'iscsidsc wait');
    const filter: SessionFilter = {
      targetName: target,
      state: 'connected',
      ...(portal === undefined ? {} : { targetAddress: portal.address }),
      ...(portal?.port === undefined ? {} : { targetPort: portal.port }),
    };
    await withCallOptions(values, io, async callOptions => {
      const { waitForSession } = await import('../index.js');
      const options: WaitOptions = { ...callOptions, ...(interval === undefined ? {} : { intervalMs: interval }) };
      const session = await waitForSession(filter, options);
      io.stdout.write(json ? `${printableJson(session, 2)}\n` : sessionTable([session], io));
    });
  },
});
