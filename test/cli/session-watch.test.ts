import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/cli/main.js';
import { Interruption } from '../../src/cli/terminal/interruption.js';
import { endWithReader } from '../../src/cli/terminal/leave.js';
import { createSimulator, exampleSessions, type SimulatorOptions } from '../../src/simulator.js';
import { NOW, pipe, SIMULATED, type Terminal } from './run.js';

const [first, second] = exampleSessions(2);
if (first === undefined || second === undefined) throw new Error('There are no examples.');
const ended: (() => void)[] = [];

afterEach(() => {
  for (const end of ended.splice(0)) end();
});

/** Runs `iscsidsc session watch` until `end` sends its process a signal. */
function watch(machine: SimulatorOptions, args: readonly string[] = [], terminal: Terminal = {}) {
  const library = createSimulator(machine);
  const source = new EventEmitter();
  const interruption = new Interruption(source);
  const { io, written } = pipe({ library, interruption, ...terminal });
  const outcome = main(['session', 'watch', '--interval', '0.001', ...args], io);
  ended.push(() => library.dispose());
  return {
    library,
    written,
    source,
    interruption,
    outcome,
    seen: (text: string) => vi.waitFor(() => expect(written.stdout).toContain(text), { timeout: 120_000, interval: 2 }),
    end(signal = 'SIGINT') {
      source.emit(signal);
      return outcome;
    },
  };
}

const TIME = '2026-03-01 14:05:09';
const added = (session: typeof first, portals: string, state = 'connected') =>
  `${TIME}  + added    ${session.sessionId}  ${session.targetName}  ${state}  ${portals}\n`;

describe('session watch in a pipe', () => {
  it('prints a line for each change', async () => {
    const { library, written, seen, end } = watch({ sessions: [first] });
    await seen(added(first, '10.0.0.0:3260'));
    library.sessions = [first, second];
    await seen(added(second, '10.0.0.1:3260'));
    library.sessions = [{ ...first, connections: [] }, second];
    await seen(
      `${TIME}  ~ changed  ${first.sessionId}  ${first.targetName}  reconnecting (was connected)  no portal (was 10.0.0.0:3260)\n`,
    );
    library.sessions = [
      { ...first, connections: [] },
      { ...second, tsid: '0000' },
    ];
    await seen(`${TIME}  ~ changed  ${second.sessionId}  ${second.targetName}  connected  10.0.0.1:3260\n`);
    library.sessions = [second];
    await seen(`${TIME}  - removed  ${first.sessionId}  ${first.targetName}  was reconnecting  no portal\n`);
    expect(await end()).toEqual({ status: 130, hanging: true });
    expect(written.stderr).toBe('');
  });

  it('says so if there are no sessions', async () => {
    const { seen, end } = watch({ sessions: [] });
    await seen(`${TIME}  = status   No active iSCSI session.\n`);
    await end();
  });

  it('prints a line of JSON for each round that differs with --json, on a terminal too', async () => {
    const { library, written, seen, end } = watch({ sessions: [first] }, ['--json'], { rows: 24, columns: 80 });
    await seen('"added"');
    const after = { ...first, connections: [] };
    library.sessions = [after];
    await seen('"before"');
    library.sessions = [];
    await seen('"removed":[{');
    await end();
    const time = NOW.toISOString();
    const lines = written.stdout.trimEnd().split('\n');
    const nothing = { added: [], removed: [], changed: [], first: false };
    expect(lines.map(line => JSON.parse(line))).toEqual([
      { time, ...nothing, sessions: [first], added: [first], first: true },
      { time, ...nothing, sessions: [after], changed: [{ before: first, after }] },
      { time, ...nothing, sessions: [], removed: [after] },
    ]);
  });

  it('shows only the sessions that fit', async () => {
    const args = ['--target', first.targetName ?? '', '--state', 'connected'];
    const { library, written, seen, end } = watch({ sessions: [second, first] }, args);
    await seen(added(first, '10.0.0.0:3260'));
    library.sessions = [{ ...first, connections: [] }, second];
    await seen(`${TIME}  - removed  ${first.sessionId}`);
    await end();
    expect(written.stdout).not.toContain(second.sessionId);
  });

  it('goes on while the service is stopped, and says so once', async () => {
    const { library, written, seen, end } = watch({ sessions: [first] });
    await seen(added(first, '10.0.0.0:3260'));
    const calls = vi.spyOn(library, 'func');
    library.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
    await seen(`${TIME}  ! error    ISDSC_SERVICE_NOT_RUNNING: `);
    await vi.waitFor(() => expect(calls.mock.calls.length).toBeGreaterThan(5), { timeout: 120_000, interval: 2 });
    library.behaviour = {};
    await seen(`${TIME}  = status   The initiator answers again.\n`);
    expect((await end('SIGTERM')).status).toBe(130);
    expect(written.stdout.split('\n')).toHaveLength(4);
    expect(written.stderr).toBe('');
  });

  it('prints errors as JSON with --json', async () => {
    const { written, seen, end } = watch({ behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } }, ['--json', '--ansi']);
    await seen('\n');
    await end();
    expect(JSON.parse(written.stdout.split('\n')[0] ?? '')).toEqual({
      time: NOW.toISOString(),
      error: {
        code: 'ISDSC_SERVICE_NOT_RUNNING',
        errno: 0xefff003e,
        syscall: 'GetIScsiSessionListA',
        message: expect.any(String),
        hint: expect.any(String),
      },
    });
  });

  it('colours the signs, and escapes control characters', async () => {
    const { seen, end, written } = watch({ sessions: [{ ...first, targetNodeName: 'a\x1bb' }] }, [], { colour: true });
    await seen('\n');
    await end();
    expect(written.stdout).toContain(`${TIME}  \x1b[32m+ added  \x1b[39m  ${first.sessionId}  a\\x1bb  `);
  });

  it('has something to show with --simulate', async () => {
    const { written, seen, end } = watch({}, ['--simulate']);
    for (const text of ['+ added', '~ changed', 'reconnecting (was connected)', 'connected (was reconnecting)']) {
      await seen(text);
    }
    await seen('- removed');
    await seen(`+ added    ffffe00112345010-4000013700000011  iqn.2005-10.org.example.nas:backup`);
    await seen('ffffe00112345010-4000013700000021');
    await end();
    expect(written.stderr).toBe(SIMULATED);
  });
});

describe('an error that lasts', () => {
  it.each([
    ['ERROR_ACCESS_DENIED', 5],
    ['ERROR_CALL_NOT_IMPLEMENTED', 1],
  ])('%s ends the watch with status %i', async (code, status) => {
    const { written, outcome } = watch({ behaviour: { status: code } });
    expect(await outcome).toEqual({ status, hanging: false });
    expect(written.stdout).toBe('');
    expect(written.stderr).toMatch(new RegExp(`^iscsidsc: ${code}: [^\\n]+\\n$`));
  });

  it('ends it when it comes later, too, and restores the terminal first', async () => {
    const order: string[] = [];
    const output = (name: string) => ({
      write(text: string, done?: () => void) {
        order.push(`${name} ${text}`);
        if (done) setImmediate(done);
      },
    });
    const terminal = { rows: 24, columns: 80, stdout: output('stdout'), stderr: output('stderr') };
    const { library, outcome } = watch({ sessions: [first] }, [], terminal);
    await vi.waitFor(() => expect(order.length).toBeGreaterThan(0), { timeout: 120_000, interval: 2 });
    library.behaviour = { missing: ['GetIScsiSessionListW'] };
    expect(await outcome).toMatchObject({ status: 1 });
    expect(order.at(-2)).toBe('stdout \x1b[?7h\x1b[?25h\x1b[?1049l');
    expect(order.at(-1)).toContain('GetIScsiSessionListW');
  });
});

describe('the end of a watch', () => {
  it('comes at once while a call hangs', async () => {
    const { library, outcome, source } = watch({ behaviour: { delayMs: 3000 } });
    await vi.waitFor(() => expect(source.listenerCount('SIGINT')).toBe(1));
    source.emit('SIGINT');
    expect(await outcome).toEqual({ status: 130, hanging: true });
    library.behaviour = {};
  });

  it('removes its signal handlers, so that the second signal ends the process', async () => {
    const { source, seen, end } = watch({ sessions: [first] });
    await seen('\n');
    expect(source.eventNames()).toEqual(['SIGINT', 'SIGTERM', 'SIGBREAK']);
    await end();
    expect(source.eventNames()).toEqual([]);
  });

  it('comes when the reader goes', async () => {
    const { interruption, outcome, seen } = watch({ sessions: [first] });
    await seen('\n');
    const stdout = new PassThrough();
    endWithReader(stdout, new PassThrough(), interruption);
    stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    expect(await outcome).toEqual({ status: 0, hanging: true });
  });

  it('works although the reader does not read', async () => {
    const stuck = { write: vi.fn() };
    const { end } = watch({ sessions: [first, second] }, [], { stdout: stuck });
    await vi.waitFor(() => expect(stuck.write).toHaveBeenCalled(), { timeout: 120_000, interval: 2 });
    expect((await end()).status).toBe(130);
    expect(stuck.write).toHaveBeenCalledTimes(1);
  });
});

describe('session watch on a terminal', () => {
  const frames = (text: string) => text.split('\x1b[H').slice(1);
  const plain = (frame: string | undefined) => stripVTControlCharacters(frame ?? '').split('\n');

  it('refreshes the table in place, and restores the terminal', async () => {
    const { library, written, seen, end } = watch({ sessions: [first] }, [], { rows: 24, columns: 120 });
    await seen(first.sessionId);
    library.sessions = [second];
    await seen(second.sessionId);
    expect(await end()).toEqual({ status: 130, hanging: true });
    const { stdout } = written;
    expect(stdout.startsWith('\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[H')).toBe(true);
    expect(stdout.endsWith('\x1b[J\x1b[?7h\x1b[?25h\x1b[?1049l')).toBe(true);
    expect(stdout.split('\x1b[?1049h')).toHaveLength(2);
    const all = frames(stdout);
    expect(plain(all[0])).toEqual([
      `iSCSI sessions at ${TIME}. Ctrl+C ends.`,
      '',
      'SESSION ID                         TARGET                          STATE      PORTALS',
      `${first.sessionId}  iqn.2003-01.org.example:disk-0  connected  10.0.0.0:3260`,
    ]);
    expect(plain(all.at(-1))?.at(-1)).toMatch(new RegExp(`^${second.sessionId} .* connected `));
  });

  it('shows a warning above the table, which is not called the last answer', async () => {
    const machine = { sessions: [first], behaviour: { status: 'ISDSC_OPERATION_NOT_ALL_SUCCESS' } };
    const { written, seen, end } = watch(machine, [], { rows: 24, columns: 120, colour: true });
    await seen('\x1b[33mISDSC_OPERATION_NOT_ALL_SUCCESS: ');
    await seen(first.sessionId);
    await end();
    expect(written.stdout).not.toContain('The last answer');
  });

  it('says so if there are no sessions', async () => {
    const { seen, end } = watch({ sessions: [] }, [], { rows: 24, columns: 80 });
    await seen('There are no active iSCSI sessions.');
    await end();
  });

  it('shows an error with the last answer until it is over', async () => {
    const { library, written, seen, end } = watch({ sessions: [first] }, [], { rows: 24, columns: 120 });
    await seen(first.sessionId);
    library.behaviour = { status: 'ISDSC_SERVICE_NOT_RUNNING' };
    await seen('ISDSC_SERVICE_NOT_RUNNING: ');
    const failed = frames(written.stdout).find(frame => frame.includes('NOT_RUNNING'));
    expect(plain(failed)).toContain(`The last answer, at ${TIME}:`);
    expect(failed).toContain(first.sessionId);
    library.behaviour = {};
    library.sessions = [second];
    await seen(second.sessionId);
    await end();
    expect(frames(written.stdout).at(-1)).not.toContain('NOT_RUNNING');
  });

  it('never takes more lines and columns than there are', async () => {
    for (const [rows, columns] of [
      [10, 60],
      [5, 120],
      [3, 46],
      [8, 20],
    ] as const) {
      const { written, seen, end } = watch({}, [], { rows, columns });
      await seen('more lines');
      await end();
      const lines = plain(frames(written.stdout)[0]);
      expect(lines).toHaveLength(rows);
      expect(lines.at(-1)).toMatch(/^… \d+ more lines$/);
      expect(Math.max(...lines.map(line => line.length))).toBeLessThan(columns);
    }
  });

  it('says that the sessions are simulated', async () => {
    const { written, seen, end } = watch({}, ['--simulate'], { rows: 24, columns: 120 });
    await seen(`Simulated iSCSI sessions at ${TIME}. `);
    await end();
    expect(written.stderr).toBe('');
  });
});
