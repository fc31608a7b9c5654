import { exampleSessions } from 'iscsidsc/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { type Machine, UsersProject } from './users-project.js';

const project = new UsersProject();
afterAll(() => project.remove());

const ONE = exampleSessions(1);
const ENDED_WELL = { status: 0, signal: null, stderr: '' };
const watch = (machine: Machine, interval = '0.02') =>
  project.start('watch-sessions.mjs', ['--simulate', '--interval', interval], machine);
/** A line without its time. */
const change = (line: string) => line.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z {2}/, '');

// Windows ends a process at a signal without asking it; Ctrl+C on a terminal is another thing there.
describe.skipIf(process.platform === 'win32')('watch-sessions.mjs', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('prints a line per change, and ends well on %s', async signal => {
    const running = watch({ sessions: ONE });
    const [first, ...lines] = await running.lines(5);
    running.signal(signal);
    const session = 'ffffe00112345010-4000013700000000  iqn.2003-01.org.example:disk-0';
    expect(first).toMatch(/^SIMULATED: /);
    expect(lines.map(change)).toEqual([
      `added  ${session}  connections: 1`,
      `changed  ${session}  reconnecting, was connections: 1`,
      `removed  ${session}  reconnecting`,
      `added  ${session}  connections: 1`,
    ]);
    expect(await running.ended).toMatchObject(ENDED_WELL);
  });

  it('prints why a round has failed, and goes on when the service is back', async () => {
    const running = watch({ sessions: ONE, behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' }, tells: 'by messages' });
    const [, failure = ''] = await running.lines(2);
    expect(change(failure)).toMatch(/^error {2}ISDSC_SERVICE_NOT_RUNNING: .*net start MSiSCSI/);
    // Once, not every time.
    await running.called(5);
    await running.arrange({ behaviour: {} });
    expect(change(await running.line())).toMatch(/^added {2}ffffe00112345010-4000013700000000/);
    running.signal('SIGINT');
    expect(await running.ended).toMatchObject(ENDED_WELL);
  });

  it('ends with an error that does not pass', async () => {
    const { status, stderr } = await watch({ behaviour: { status: 'ERROR_ACCESS_DENIED' } }).ended;
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ERROR_ACCESS_DENIED: [^\n]+\n$/);
  });

  it('keeps a line a line, whatever the name of a target is', async () => {
    const running = watch({ sessions: exampleSessions(1, { name: 'a\n2026 removed\x1b[2J\u202e' }) });
    const [, line = ''] = await running.lines(2);
    running.signal('SIGINT');
    expect(change(line)).toMatch(/ {2}iqn\.2003-01\.org\.example:a\?2026 removed\?\[2J\?-0 {2}connections: 1$/);
    await running.ended;
  });

  it('ends when the reader goes away', async () => {
    const running = watch({ sessions: ONE });
    await running.line();
    running.stopReading();
    expect(await running.ended).toMatchObject(ENDED_WELL);
  });

  it('ends on SIGINT while a call hangs', async () => {
    const running = watch({ behaviour: { delayMs: 2 ** 31 - 1 }, tells: 'by messages' });
    await running.called(1);
    running.signal('SIGINT');
    expect(await running.ended).toMatchObject({ stderr: '' });
  });

  it('refuses an interval that is none', async () => {
    const { status, stderr } = await watch({}, 'soon').ended;
    expect(status).toBe(1);
    expect(stderr).toBe('intervalMs must be a whole number from 1 to 2147483647, not NaN.\n');
  });
});
