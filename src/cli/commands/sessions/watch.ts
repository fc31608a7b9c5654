import { defineWatch } from '../../command.js';
import { SECONDS } from '../../options/values.js';
import { FILTER_OPTIONS, filterOf } from './filter-options.js';
import { RoundScreen, roundLines } from './rounds.js';

// What these say stays true while the machine is what it is. A stopped service can come back.
const LASTING: readonly unknown[] = [
  'ERROR_ACCESS_DENIED',
  'ERROR_CALL_NOT_IMPLEMENTED',
  'ERROR_NOT_SUPPORTED',
  'ERR_ISCSIDSC_INVALID_ARGUMENT',
  'ERR_ISCSIDSC_LIBRARY_LOAD',
  'ERR_ISCSIDSC_MISSING_EXPORT',
  'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM',
];

export const sessionWatch = defineWatch({
  name: 'session watch',
  summary: 'Watch sessions: one line per change, or a live table on a terminal',
  description:
    'Ends with Ctrl+C, or at an error that lasts, such as denied access. After other errors, such as a stopped service, it goes on.',
  operands: {},
  options: { interval: { help: 'Poll every SECONDS', type: SECONDS, default: '2' }, ...FILTER_OPTIONS },
  example: 'session watch --interval 5 --json',
  async *results(input, { iscsidsc, options }) {
    const filter = filterOf(input);
    const watch = iscsidsc.watchSessions({ ...options, intervalMs: input.interval, ...(filter && { filter }) });
    for await (const round of watch) {
      if (round.error !== undefined && LASTING.includes(round.error.code)) throw round.error;
      yield round;
    }
  },
  isNews(round, previous) {
    if (round.error !== undefined) return previous?.error?.code !== round.error.code;
    const changes = [...round.added, ...round.removed, ...round.changed];
    return round.first || previous?.error !== undefined || changes.length > 0;
  },
  formatLines: roundLines,
  createScreen: title => new RoundScreen(title),
  // So that about every second poll finds something new.
  changeEveryMs: ({ interval }) => interval * 2,
});
