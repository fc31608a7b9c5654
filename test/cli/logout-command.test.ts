import { describe, expect, it } from 'vitest';
import { createSimulator, exampleSessions, type SimulatorOptions } from '../../src/simulator.js';
import { run, type Terminal } from './run.js';

const [session] = exampleSessions(1, { connections: 2 });
if (session === undefined) throw new Error('There is no example.');
const ID = session.sessionId;
const TEXT = `session ${ID} with iqn.2003-01.org.example:disk-0 (10.0.0.0:3260, 10.0.0.0:3260)`;

async function logout(args: string[], terminal: Terminal = {}, behaviour: SimulatorOptions['behaviour'] = {}) {
  const library = createSimulator({ sessions: exampleSessions(2, { connections: 2 }), behaviour });
  const result = await run(['logout', ID, ...args], { library, ...terminal });
  const left = library.sessions.length;
  library.dispose();
  return { ...result, left };
}

describe('logout --yes', () => {
  it('ends that one session, and says which', async () => {
    const { left, stdout, stderr, status } = await logout(['--yes']);
    expect({ left, stdout, stderr, status }).toEqual({
      left: 1,
      stdout: `Logged out: ${TEXT}.\n`,
      stderr: '',
      status: 0,
    });
  });

  it('prints the session that was with --json', async () => {
    const { left, stdout } = await logout(['--yes', '--json']);
    expect(JSON.parse(stdout)).toEqual(session);
    expect(left).toBe(1);
  });

  it('tells of a veto, and what to do about it', async () => {
    const { left, stdout, stderr, status } = await logout(['--yes'], {}, { veto: 1 });
    expect(stderr).toMatch(/^iscsidsc: ISDSC_DEVICE_BUSY_ON_SESSION: .* Close the files [^\n]+ try again\.\n$/);
    expect({ left, stdout, status }).toEqual({ left: 2, stdout: '', status: 1 });
    const json = await logout(['--yes', '--json'], {}, { veto: 1 });
    expect(JSON.parse(json.stderr)).toMatchObject({
      code: 'ISDSC_DEVICE_BUSY_ON_SESSION',
      errno: 0xefff0040,
      syscall: 'LogoutIScsiTarget',
      hint: expect.stringContaining('Close the files'),
    });
  });

  it('--retries tries again', async () => {
    const { left, status } = await logout(['--yes', '--retries', '1'], {}, { veto: 1 });
    expect({ left, status }).toEqual({ left: 1, status: 0 });
  });

  it('of an unknown id fails', async () => {
    const library = createSimulator();
    const { stdout, stderr, status } = await run(['logout', '1-2', '--yes'], { library });
    expect(stderr).toMatch(/^iscsidsc: ISDSC_INVALID_SESSION_ID: No active session has the id 1-2\. /);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    library.dispose();
  });
});

describe('logout on a terminal', () => {
  it.each(['y', 'Y', 'yes', ' YES '])('goes on at %j', async answer => {
    let asked = '';
    const ask = async (question: string) => {
      asked = question;
      return answer;
    };
    const { left, status } = await logout([], { ask });
    expect({ left, status }).toEqual({ left: 1, status: 0 });
    expect(asked).toBe(`Log out ${TEXT}? Its disks go away. [y/N] `);
  });

  it.each(['', 'n', 'no', 'yellow', 'j'])('leaves the session alone at %j', async answer => {
    const { left, stdout, stderr, status } = await logout([], { ask: async () => answer });
    expect(stderr).toBe('iscsidsc: Not logged out: the answer was not yes.\n');
    expect({ left, stdout, status }).toEqual({ left: 2, stdout: '', status: 1 });
  });

  it('does not ask with --yes', async () => {
    const ask = () => Promise.reject(new Error('It was asked.'));
    expect((await logout(['--yes'], { ask })).status).toBe(0);
  });

  it('escapes control characters in the question, and names a reconnecting session', async () => {
    const library = createSimulator({ sessions: [{ ...session, targetNodeName: 'a\x1b[2J', connections: [] }] });
    let asked = '';
    const ask = async (question: string) => {
      asked = question;
      return 'n';
    };
    await run(['logout', ID], { library, ask });
    expect(asked).toContain('with a\\x1b[2J (no portal)?');
    library.dispose();
  });
});
