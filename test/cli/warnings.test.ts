import { exampleSessions } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';
import { runOn, runSessions } from './run.js';

const MACHINE = { sessions: exampleSessions(1), behaviour: { status: 'ISDSC_OPERATION_NOT_ALL_SUCCESS' } };
const QUIET_MACHINE = { sessions: exampleSessions(1) };

describe('a call that succeeds with a warning', () => {
  it('prints its result, the warning on stderr, and ends with status 0', async () => {
    const { stdout } = await runSessions(QUIET_MACHINE);
    expect(await runSessions(MACHINE)).toEqual({
      status: 0,
      hanging: false,
      stdout,
      stderr: expect.stringMatching(/^iscsidsc: warning: ISDSC_OPERATION_NOT_ALL_SUCCESS: .+\.\n$/),
    });
  });

  it('prints the warning as JSON on stderr with --json', async () => {
    const { status, stdout, stderr } = await runSessions(MACHINE, ['--json']);
    expect([status, JSON.parse(stdout)]).toEqual([0, MACHINE.sessions]);
    expect(JSON.parse(stderr)).toMatchObject({
      name: 'StatusWarning',
      code: 'ISDSC_OPERATION_NOT_ALL_SUCCESS',
      errno: 0xafff002e,
      syscall: 'GetIScsiSessionListW',
    });
  });

  it('logs out nevertheless', async () => {
    const [session] = MACHINE.sessions;
    const { status, stderr } = await runOn(MACHINE, ['session', 'logout', session?.sessionId ?? '', '--yes']);
    expect(status).toBe(0);
    expect(stderr).toContain('ISDSC_OPERATION_NOT_ALL_SUCCESS');
  });
});
