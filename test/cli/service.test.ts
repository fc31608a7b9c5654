import { describe, expect, it } from 'vitest';
import { machine, run, runOn, SIMULATED } from './run.js';

const STOPPED = { state: 'stopped', startType: 'manual' } as const;

describe('service show', () => {
  it('prints the state and when it starts', async () => {
    expect(await runOn({ service: STOPPED }, ['service', 'show'])).toEqual({
      status: 0,
      hanging: false,
      stdout: `\
Service:     MSiSCSI
State:       stopped
Start type:  manual
Process:     none
`,
      stderr: '',
    });
  });

  it('prints them with --json', async () => {
    const { stdout } = await runOn({ service: { state: 'startPending', startMs: 60_000 } }, [
      'service',
      'show',
      '--json',
    ]);
    expect(JSON.parse(stdout)).toEqual({
      state: 'startPending',
      startType: 'automatic',
      processId: expect.any(Number),
    });
  });

  it('needs no rights', async () => {
    expect(await runOn({ elevated: false }, ['service', 'show'])).toMatchObject({ status: 0 });
  });

  it('ends with status 4 where there is none', async () => {
    const { status, stderr } = await runOn({ service: null }, ['service', 'show']);
    expect(status).toBe(4);
    expect(stderr).toMatch(/^iscsidsc: ERROR_SERVICE_DOES_NOT_EXIST: /);
  });

  it('takes --simulate', async () => {
    const { stdout, stderr } = await run(['service', 'show', '--simulate']);
    expect(stdout).toMatch(/^State: +running$/m);
    expect(stderr).toBe(SIMULATED);
  });
});

describe('service start', () => {
  it('starts it, after which the other commands work', async () => {
    using on = machine({ service: { ...STOPPED, startMs: 100 } });
    const refused = await on.run('sessions');
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("'iscsidsc service start'") });
    expect(await on.run('service start')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /^The service was started\.\nService: +MSiSCSI\nState: +running\nStart type: +manual\n/,
      ),
      stderr: '',
    });
    expect(await on.run('sessions')).toMatchObject({ status: 0, stderr: '' });
  });

  it('lets it start with Windows with --automatic, also if it runs', async () => {
    using on = machine({ service: { startType: 'manual' } });
    const { stdout } = await on.run('service start --automatic');
    expect(stdout).toMatch(/^The service runs already\. It starts with Windows from now on\.\n/);
    expect(JSON.parse((await on.run('service start --automatic --json')).stdout)).toEqual({
      state: 'running',
      startType: 'automatic',
      processId: expect.any(Number),
      started: false,
      changedStartType: false,
    });
  });

  it('says how to start one that is disabled', async () => {
    using on = machine({ service: { state: 'stopped', startType: 'disabled' } });
    const { status, stdout, stderr } = await on.run('service start');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^iscsidsc: ERROR_SERVICE_DISABLED: .*'iscsidsc service start --automatic'/);
    expect(await on.run('service start --automatic')).toMatchObject({ status: 0 });
  });

  it('prints what it has done where the start fails, and then why', async () => {
    const service = { ...STOPPED, win32ExitCode: 1068 };
    const { status, stdout, stderr } = await runOn({ service }, ['service', 'start', '--automatic']);
    expect(stdout).toBe('The service was told to start. It starts with Windows from now on.\n');
    expect(stderr).toMatch(/^iscsidsc: The service MSiSCSI was started and stopped again with exit code 1068, /);
    expect(status).toBe(1);
    const json = await runOn({ service }, ['service', 'start', '--json']);
    expect(JSON.parse(json.stdout)).toEqual({ started: true, changedStartType: false });
    expect(JSON.parse(json.stderr)).toMatchObject({
      code: 'ERR_ISCSIDSC_SERVICE_NOT_STARTED',
      win32ExitCode: 1068,
    });
  });

  it('ends with status 3 if it does not run in time', async () => {
    const service = { ...STOPPED, startMs: 60_000 };
    const { status, stdout, stderr } = await runOn({ service }, ['service', 'start', '--timeout', '0.3']);
    expect(status).toBe(3);
    expect(stdout).toBe('The service was told to start.\n');
    expect(stderr).toMatch(/did not run within 300 ms: its state was startPending/);
  });

  it('ends with status 5 without the rights of an administrator', async () => {
    const { status, stdout, stderr } = await runOn({ service: STOPPED, elevated: false }, ['service', 'start']);
    expect([status, stdout]).toEqual([5, '']);
    expect(stderr).toMatch(/^iscsidsc: ERROR_ACCESS_DENIED: /);
  });
});
