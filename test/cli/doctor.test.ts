import type { Finding } from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { machine, run, runOn } from './run.js';

const NAMES = /iqn\.|192\.168|fd00|ffffe001|PhysicalDrive/;

describe('doctor', () => {
  it('prints what is wrong first, with what to do, and exits with 1 if there is a problem', async () => {
    const { stdout, status } = await runOn({}, ['doctor']);
    expect(stdout).toMatch(/^1 problem, 2 warnings, \d+ ok\n\nProblem: 1 session without a connection: iqn\./);
    const headings = stdout.match(/^(Problem|Warning|OK)\b/gm);
    expect(headings).toEqual(['Problem', 'Warning', 'Warning', 'OK']);
    expect(stdout).toMatch(/^ {2}Check: {2}reconnectingSessions\n {2}Why: {4}\S.*\n {2}To do: {2}\S/m);
    expect(stdout).toMatch(/^ {2}service: +The service MSiSCSI runs\./m);
    expect(status).toBe(1);
  });

  it('exits with 0 if there are warnings alone, and if there is nothing', async () => {
    const warnings = await runOn({ sessions: [] }, ['doctor']);
    expect(warnings.stdout).toMatch(/^0 problems, 1 warning, /);
    expect(warnings.status).toBe(0);
    const nothing = await runOn({ network: { targets: [] } }, ['doctor']);
    expect(nothing.stdout).toMatch(/^0 problems, 0 warnings, \d+ ok\n\nOK\n/);
    expect(nothing.status).toBe(0);
  });

  it('says that the service does not run, and how to start it', async () => {
    using on = machine({ service: { state: 'stopped', startType: 'manual' } });
    const sick = await on.run('doctor');
    expect(sick.stdout).toMatch(
      /^2 problems, 0 warnings, \d+ ok, 14 not checked\n\nProblem: The service MSiSCSI does not run/,
    );
    expect(sick.stdout).toContain("'iscsidsc service start'");
    // What it cannot check for this reason, it says once, and as other commands do.
    expect(sick.stdout.match(/^Not checked: .*$/gm)).toEqual([expect.stringContaining('ISDSC_SERVICE_NOT_RUNNING')]);
    expect(sick.stdout).toMatch(/^ {2}Checks: {2}initiatorVersion, portals, loginsToGoneTargets, /m);
    expect(sick.stdout).not.toContain('automatic: true');
    expect(sick.status).toBe(1);
    await on.run('service start --automatic');
    expect((await on.run('doctor')).stdout).not.toContain('does not run');
  });

  it('has no names in its JSON, unless --full is given', async () => {
    const { stdout, status } = await runOn({}, ['doctor', '--json']);
    const { version, findings } = JSON.parse(stdout) as { version: string; findings: Finding[] };
    expect(version).toBe('1.2.3');
    expect(stdout).not.toMatch(NAMES);
    expect(stdout).toContain('target-1');
    expect(findings.filter(({ level }) => level === 'problem')).toHaveLength(1);
    expect(status).toBe(1);
    const full = await runOn({}, ['doctor', '--json', '--full']);
    expect(full.stdout).toMatch(NAMES);
    expect(full.stdout).not.toContain('target-1');
  });

  it.runIf(process.platform !== 'win32')('works off Windows, and says what is wrong with that', async () => {
    const { stdout, stderr, status } = await run(['doctor']);
    expect(stdout).toMatch(/^1 problem, 0 warnings, 1 ok\n\nProblem: This is no Windows/);
    expect({ stderr, status }).toEqual({ stderr: '', status: 1 });
  });

  it('does not wait for a call that hangs', async () => {
    const { stdout, hanging } = await runOn({ behaviour: { delayMs: 60_000 } }, ['doctor', '--timeout', '0.2']);
    expect(stdout).toContain('did not answer within');
    expect(hanging).toBe(true);
  });

  it('keeps to the width of the terminal', async () => {
    const { stdout } = await runOn({}, ['doctor'], { columns: 70 });
    for (const line of stdout.split('\n').filter(each => each.length > 70)) expect(line).toMatch(/^ *\S+$/);
  });
});
