import { CALL_OPTIONS, withCallOptions } from './call-options.js';
import { changeJson, changeLine } from './change-line.js';
import { defineCommand } from './command.js';
import { showLiveTable } from './live-table.js';
import { SECONDS } from './seconds.js';
import { written } from './written.js';

const INTERVAL_MS = 2000;

export const watchCommand = defineCommand({
  name: 'watch',
  summary: 'Print the changes of the sessions until it is ended, on a terminal the table itself',
  options: { interval: { help: 'Time from one list to the next, 2 if left out', ...SECONDS }, ...CALL_OPTIONS },
  run: (values, io) =>
    withCallOptions(values, io, async callOptions => {
      const { json, simulate, interval: intervalMs = INTERVAL_MS } = values;
      const signal = io.interruption.listen();
      const options = { ...callOptions, signal };
      if (io.rows !== undefined && !json) {
        const title = simulate ? 'Simulated iSCSI sessions' : 'iSCSI sessions';
        return showLiveTable(io, title, intervalMs, options);
      }
      const { watchSessions } = await import('../index.js');
      for await (const change of watchSessions({ ...options, intervalMs })) {
        // The rest of a round would still come.
        if (signal.aborted) break;
        const time = io.now();
        await written(io.stdout, json ? changeJson(change, time) : changeLine(change, time, io.colour), signal);
      }
    }),
});
