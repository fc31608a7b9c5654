import { EventEmitter } from 'node:events';
import type { Library } from 'iscsidsc';
import type { ExportName } from 'iscsidsc/raw';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Interruption } from '../../src/cli/terminal/interruption.js';
import { createSimulator } from '../../src/simulator.js';
import { disturbed } from '../tasks/disturbed-library.js';
import { hanging } from '../tasks/hanging-library.js';
import { run, type Terminal } from './run.js';

const DISK = 'iqn.2003-01.org.example:disk1';
const CLEAR = '\r\x1b[K';
const LINE = ['connect', '10.0.0.10', DISK, '--persistent'];
const TERMINAL: Terminal = { errorObeysEscapes: true, errorColumns: 80 };

afterEach(() => {
  vi.useRealTimers();
});

/** The texts of the line that turns, each once, and what else was written. */
function shown(stderr: string) {
  const steps: string[] = [];
  const rest = stderr
    .split(CLEAR)
    .map(each => {
      const [, step = '', after = ''] = /^(?:[|/\\-] ([^\n]+))?(.*)$/s.exec(each) ?? [];
      if (step !== '' && steps.at(-1) !== step) steps.push(step);
      return after;
    })
    .join('');
  return { steps, rest };
}

const STEPS = [
  'Registering portal 10.0.0.10:3260',
  'Logging in through portal 10.0.0.10:3260',
  'Waiting for the disks',
  'Saving the login',
  'Waiting for the volumes on the disks',
];

describe('connect on a terminal', () => {
  it('shows each step on one line, and leaves nothing of it', async () => {
    using library = createSimulator();
    const { stdout, stderr, status } = await run(LINE, { library, ...TERMINAL });
    expect(shown(stderr)).toEqual({ steps: STEPS, rest: '' });
    expect(stderr.endsWith(CLEAR)).toBe(true);
    expect(stderr).not.toContain('\n');
    expect(stdout).toMatch(/^Target: /);
    expect(status).toBe(0);
  });

  it('clears the line before it prints anything else', async () => {
    using library = createSimulator();
    const { stderr } = await run(['connect', '10.0.0.10', '10.9.9.9', DISK, '--lun', '7'], { library, ...TERMINAL });
    const { steps, rest } = shown(stderr);
    expect(steps.at(-1)).toBe('Removing what was made');
    const lines = rest.split('\n').filter(line => line.startsWith('iscsidsc: '));
    expect(lines.map(line => line.slice(0, 35))).toEqual([
      'iscsidsc: warning: Portal 10.9.9.9:',
      'iscsidsc: Removed again: session ff',
      'iscsidsc: The target has no LUN 7 f',
    ]);
    expect(stderr.slice(stderr.lastIndexOf(CLEAR) + CLEAR.length)).toMatch(/^iscsidsc: The target [\s\S]+\n$/);
  });

  it('turns while a step takes its time', async () => {
    using simulator = createSimulator();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const library = disturbed(simulator, (_, name) => {
      if (name === 'LoginIScsiTargetW') vi.advanceTimersByTime(250);
      return undefined;
    });
    const { stderr } = await run(LINE, { library, ...TERMINAL });
    expect(stderr.match(/[|/\\-] Logging in/g)).toEqual(['| Logging in', '/ Logging in', '- Logging in']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps to the width of the terminal', async () => {
    using library = createSimulator();
    const { stderr } = await run(LINE, { library, ...TERMINAL, errorColumns: 20 });
    expect(Math.max(...stderr.split(CLEAR).map(line => line.length))).toBe(19);
  });

  it.each<[string, string[], Terminal]>([
    ['in a pipe', LINE, {}],
    ['where text cannot be replaced', LINE, { errorColumns: 80 }],
    ['with --json', [...LINE, '--json'], TERMINAL],
  ])('shows nothing %s', async (_, line, terminal) => {
    using library = createSimulator();
    expect((await run(line, { library, ...terminal })).stderr).toBe('');
  });
});

/** Sends the process a signal while an export is called. */
function interrupted(simulator: Library, at: ExportName) {
  const source = new EventEmitter();
  const library = disturbed(simulator, (_, name) => {
    if (name === at) source.emit('SIGINT');
    return undefined;
  });
  return { library, source, interruption: new Interruption(source) };
}

describe('Ctrl+C', () => {
  it.each<[ExportName, string]>([
    ['AddIScsiSendTargetPortalW', 'portal 10.0.0.10:3260'],
    ['LoginIScsiTargetW', 'session ID, portal 10.0.0.10:3260'],
    ['GetDevicesForIScsiSessionW', 'session ID, portal 10.0.0.10:3260'],
  ])('during %s removes what was made, and says what', async (name, made) => {
    using simulator = createSimulator();
    const { sessions, sendTargetPortals, persistentLogins } = simulator;
    const { stdout, stderr, status } = await run(LINE, interrupted(simulator, name));
    expect(stderr.replace(/ffff\S+-\w+/, 'ID')).toBe(`iscsidsc: Removed again: ${made}.\niscsidsc: Interrupted.\n`);
    expect({ stdout, status }).toEqual({ stdout: '', status: 130 });
    const now = [simulator.sessions, simulator.sendTargetPortals, simulator.persistentLogins];
    expect(now).toEqual([sessions, sendTargetPortals, persistentLogins]);
  });

  it('while the login is saved removes that, too', async () => {
    using simulator = createSimulator();
    const source = new EventEmitter();
    let logins = 0;
    const library = disturbed(simulator, (_, name) => {
      if (name === 'LoginIScsiTargetW' && ++logins === 2) source.emit('SIGINT');
      return undefined;
    });
    const { stderr, status } = await run(LINE, { library, interruption: new Interruption(source) });
    expect(stderr).toMatch(
      /^iscsidsc: Removed again: saved login through portal 10\.0\.0\.10:3260, session ffff\S+, portal 10\.0\.0\.10:3260\.\n/,
    );
    expect(status).toBe(130);
    expect(simulator.persistentLogins).toHaveLength(3);
  });

  it('before anything is made says no more than that', async () => {
    using simulator = createSimulator();
    const terminal = interrupted(simulator, 'ReportIScsiSendTargetPortalsW');
    const { stdout, stderr, status } = await run(LINE, terminal);
    expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: 'iscsidsc: Interrupted.\n', status: 130 });
  });

  it('does not wait for a list that hangs, nor says that it may take effect', async () => {
    using simulator = createSimulator();
    const interruption = new Interruption(new EventEmitter());
    const library = hanging(simulator, 'GetDevicesForIScsiSessionW', () => {
      setImmediate(() => interruption.interrupt());
      return true;
    });
    const { stderr, status, hanging: hangs } = await run(LINE, { library, interruption });
    expect(stderr).toMatch(/^iscsidsc: Removed again: [^\n]+\niscsidsc: Interrupted\.\n$/);
    expect({ status, hangs }).toEqual({ status: 130, hangs: true });
  });

  it('prints what is left, and how to remove it', async () => {
    using simulator = createSimulator();
    const { library: interrupting, interruption } = interrupted(simulator, 'LoginIScsiTargetW');
    const library = disturbed(interrupting, (_, name) =>
      name === 'LogoutIScsiTarget' ? { status: 0xefff0001 } : undefined,
    );
    const { stdout, stderr, status } = await run(LINE, { library, interruption });
    const id = simulator.sessions.at(-1)?.sessionId;
    expect(stdout).toContain(`Left: session ${id}. 'iscsidsc session logout ${id}' removes it.\n`);
    expect(stderr).toBe('iscsidsc: Removed again: portal 10.0.0.10:3260.\niscsidsc: Interrupted.\n');
    expect(status).toBe(130);
  });

  it('is answered on the terminal while a login goes on, and a second one ends the process', async () => {
    using simulator = createSimulator();
    const { library, source, interruption } = interrupted(simulator, 'LoginIScsiTargetW');
    const { stderr } = await run(LINE, { library, interruption, ...TERMINAL });
    const { steps } = shown(stderr);
    expect(steps.slice(-2)).toEqual([
      'Interrupted: waiting for the call that runs. Ctrl+C again ends at once',
      'Removing what was made. Ctrl+C again ends at once',
    ]);
    // Node.js itself ends a process that does not listen.
    expect(source.listenerCount('SIGINT')).toBe(0);
  });

  it('at the end of a connect draws nothing more', async () => {
    using library = createSimulator();
    const interruption = new Interruption(new EventEmitter());
    let stderr = '';
    const terminal = { library, interruption, ...TERMINAL, stderr: { write: (text: string) => (stderr += text) } };
    await run(LINE, terminal);
    const before = stderr;
    interruption.interrupt();
    expect(stderr).toBe(before);
  });

  it('does not wait forever for a login that hangs, and says that it may still take effect', async () => {
    using simulator = createSimulator();
    const { library: inner, interruption } = interrupted(simulator, 'LoginIScsiTargetW');
    const library = hanging(inner, 'LoginIScsiTargetW', () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      interruption.interrupt();
      setImmediate(() => vi.advanceTimersByTime(60_000));
      return true;
    });
    const { stdout, stderr, status, hanging: hangs } = await run(LINE, { library, interruption });
    expect(stdout).toBe("Left: portal 10.0.0.10:3260. 'iscsidsc portal remove 10.0.0.10:3260' removes it.\n");
    expect(stderr).toBe('iscsidsc: Interrupted. The call cannot be cancelled and may still take effect.\n');
    expect({ status, hangs }).toEqual({ status: 130, hangs: true });
  });
});
