import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { Interruption } from '../../src/cli/terminal/interruption.js';
import { createSimulator, exampleSessions, type SimulatorOptions } from '../../src/simulator.js';
import { run, type Terminal } from './run.js';

const [session] = exampleSessions(1, { connections: 2 });
if (session === undefined) throw new Error('There is no example.');
const ID = session.sessionId;
const TEXT = `session ${ID} with iqn.2003-01.org.example:disk-0 (10.0.0.0:3260, 10.0.0.0:3260)`;

async function logout(args: string[], terminal: Terminal = {}, behaviour: SimulatorOptions['behaviour'] = {}) {
  const library = createSimulator({ sessions: exampleSessions(2, { connections: 2 }), behaviour });
  const result = await run(['session', 'logout', ...args], { library, ...terminal });
  const left = library.sessions.length;
  library.dispose();
  return { ...result, left };
}

describe('session logout --yes', () => {
  it.each([[ID], [ID.slice(-4)], ['--target=iqn.2003-01.org.example:disk-0']])(
    'ends the one session that is named by %s, and says which',
    async name => {
      const { left, stdout, stderr, status } = await logout([name, '--yes']);
      expect({ left, stdout, stderr, status }).toEqual({
        left: 1,
        stdout: `Logged out: ${TEXT}.\n`,
        stderr: '',
        status: 0,
      });
    },
  );

  it('ends none if more than one fits', async () => {
    const { left, stderr, status } = await logout(['--target', 'iqn.none', '-y']);
    expect({ left, status }).toEqual({ left: 2, status: 4 });
    expect(stderr).toContain('There is no session with the target iqn.none.');
  });

  it('prints the session that it ended with --json', async () => {
    const { left, stdout } = await logout([ID, '--yes', '--json']);
    expect(JSON.parse(stdout)).toEqual(session);
    expect(left).toBe(1);
  });

  it('reports a veto, and what to do about it', async () => {
    const { left, stdout, stderr, status } = await logout([ID, '--yes'], {}, { veto: 1 });
    expect(stderr).toMatch(
      /^iscsidsc: ISDSC_DEVICE_BUSY_ON_SESSION: .* Close the files [^\n]+; --retries N [^\n]+\.\n$/,
    );
    expect({ left, stdout, status }).toEqual({ left: 2, stdout: '', status: 1 });
    const json = await logout([ID, '--yes', '--json'], {}, { veto: 1 });
    expect(JSON.parse(json.stderr)).toMatchObject({
      code: 'ISDSC_DEVICE_BUSY_ON_SESSION',
      errno: 0xefff0040,
      syscall: 'LogoutIScsiTarget',
      hint: expect.stringContaining('--retries'),
    });
  });

  it('--retries tries again', async () => {
    const { left, status } = await logout([ID, '--yes', '--retries', '1'], {}, { veto: 1 });
    expect({ left, status }).toEqual({ left: 1, status: 0 });
  });
});

describe('session logout on a terminal', () => {
  it.each(['y', 'Y', 'yes', ' YES '])('goes on at %j', async answer => {
    let asked = '';
    const ask = async (question: string) => {
      asked = question;
      return answer;
    };
    const { left, status } = await logout([ID], { ask });
    expect({ left, status }).toEqual({ left: 1, status: 0 });
    expect(asked).toBe(`Log out ${TEXT}? Its disks go away. [y/N] `);
  });

  it.each(['', 'n', 'no', 'yellow', 'j'])('leaves the session alone at %j', async answer => {
    const { left, stdout, stderr, status } = await logout([ID], { ask: async () => answer });
    expect(stderr).toBe('iscsidsc: Nothing was done. The answer was not yes.\n');
    expect({ left, stdout, status }).toEqual({ left: 2, stdout: '', status: 1 });
  });

  it('wraps the question at words', async () => {
    let asked = '';
    const ask = async (question: string) => {
      asked = question;
      return 'n';
    };
    await logout([ID], { ask, errorColumns: 60 });
    expect(asked).toBe(
      `Log out session ${ID} with\niqn.2003-01.org.example:disk-0 (10.0.0.0:3260,\n10.0.0.0:3260)? Its disks go away. [y/N] `,
    );
  });

  it('ends with status 130 at Ctrl+C, and leaves the session alone', async () => {
    const source = new EventEmitter();
    const ask = (_question: string, signal: AbortSignal) =>
      new Promise<string>((_, reject) => {
        signal.addEventListener('abort', () => reject(Object.assign(new Error('Aborted'), { code: 'ABORT_ERR' })));
        source.emit('SIGINT');
      });
    const { left, stderr, status } = await logout([ID], { ask, interruption: new Interruption(source) });
    expect({ left, stderr, status }).toEqual({ left: 2, stderr: 'iscsidsc: Interrupted.\n', status: 130 });
  });

  it('does not ask with --yes', async () => {
    const ask = () => Promise.reject(new Error('It was asked.'));
    expect((await logout([ID, '--yes'], { ask })).status).toBe(0);
  });

  it('escapes control characters in the question, and names a reconnecting session', async () => {
    const library = createSimulator({ sessions: [{ ...session, targetNodeName: 'a\x1b[2J', connections: [] }] });
    let asked = '';
    const ask = async (question: string) => {
      asked = question;
      return 'n';
    };
    await run(['session', 'logout', ID], { library, ask });
    expect(asked).toContain('with a\\x1b[2J (no portal)?');
    library.dispose();
  });
});

it('says that a logout that was not waited for may still take effect', async () => {
  const library = createSimulator({ sessions: exampleSessions(1) });
  const ask = async () => {
    library.behaviour = { delayMs: 5000 };
    return 'y';
  };
  const { stderr, status, hanging } = await run(['session', 'logout', ID, '--timeout', '1'], { library, ask });
  expect(stderr).toContain('The call cannot be cancelled and may still take effect.');
  expect({ status, hanging }).toEqual({ status: 3, hanging: true });
  library.dispose();
});

it('says the same at Ctrl+C, with status 130', async () => {
  const library = createSimulator({ sessions: exampleSessions(1) });
  const source = new EventEmitter();
  const ask = async () => {
    library.behaviour = { delayMs: 5000 };
    return 'y';
  };
  vi.spyOn(library, 'func')
    .mockImplementationOnce(library.func.bind(library))
    .mockImplementationOnce(name => {
      setTimeout(() => source.emit('SIGINT'), 20);
      return library.func(name) as never;
    });
  const result = await run(['session', 'logout', ID], { library, ask, interruption: new Interruption(source) });
  expect(result).toEqual({
    status: 130,
    hanging: true,
    stdout: '',
    stderr: 'iscsidsc: Interrupted. The call cannot be cancelled and may still take effect.\n',
  });
  library.dispose();
});
