import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { machine, runOn } from './run.js';

describe('status', () => {
  it('shows the service, the initiator, its portals, and the targets with their sessions and disks', async () => {
    const { stdout, stderr, status } = await runOn({}, ['status']);
    expect(stdout).toMatch(
      /^Service: {4}running, start type automatic\nInitiator: {2}iqn\.1991-05\.com\.microsoft:win-/,
    );
    expect(stdout).toMatch(
      /^iqn\.1992-08\.com\.example\.san:vol-sql +connected +192\.168\.1\.108:3260, 192\S+ +\S+Drive1$/m,
    );
    expect(stdout).toMatch(/^iqn\.2004-04\.com\.example\.archive:lun0 +reconnecting$/m);
    expect(stdout).toMatch(/^iqn\.2001-05\.com\.example\.retired:old-disk +not discovered$/m);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it('fits on one screen, whatever the width', async () => {
    for (const columns of [40, 80, 100]) {
      const { stdout } = await runOn({}, ['status'], { columns });
      for (const line of stdout.split('\n').filter(each => each.length > columns)) expect(line).toMatch(/^ *\S+$/);
      if (columns >= 80) expect(stdout.split('\n').length).toBeLessThanOrEqual(24);
    }
  });

  it('shows a disk with two paths once', async () => {
    using on = machine();
    await on.run('portal add 10.0.0.10');
    for (const portal of ['10.0.0.10', '10.0.1.10']) {
      await on.run(`target login iqn.2003-01.org.example:disk1 --portal ${portal} --multipath`);
    }
    const { stdout } = await on.run('status');
    expect(stdout).toMatch(/:disk1 +connected +10\.0\.0\.10:3260, 10\.0\.1\.10:3260 +\S+Drive5$/m);
  });

  it('shows what it can while the service does not run, and says once what is missing', async () => {
    const { stdout, status } = await runOn({ service: { state: 'stopped', startType: 'manual' } }, ['status']);
    expect(stdout).toMatch(
      /^Service: {4}stopped, start type manual\nInitiator: {2}not known\nPortals: {4}not known\n\n/,
    );
    expect(stdout.match(/^Not known: .*$/gm)).toEqual([
      expect.stringMatching(/^Not known: node name, portals, targets, sessions\. ISDSC_SERVICE_NOT_RUNNING: /),
    ]);
    expect(status).toBe(0);
  });

  it('fails like other commands if nothing at all is known', async () => {
    const { stdout, status } = await runOn({ behaviour: { delayMs: 1000 } }, ['status', '--timeout', '0.05']);
    expect({ stdout, status }).toEqual({ stdout: '', status: 3 });
  });

  it('keeps to one time limit for all of it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const begin = performance.now();
    let isRunning = true;
    const running = runOn({ behaviour: { delayMs: 150 } }, ['status', '--timeout', '1.5']).finally(() => {
      isRunning = false;
    });
    while (isRunning) {
      await new Promise(setImmediate);
      if (isRunning) await vi.advanceTimersByTimeAsync(10);
    }
    const { stdout, hanging } = await running;
    expect(performance.now() - begin).toBeLessThan(3000);
    expect(stdout).toMatch(/^Service: {4}running/);
    expect(stdout).toContain('not known');
    expect(hanging).toBe(true);
  });

  it('has all of it in its JSON', async () => {
    const { stdout } = await runOn({ behaviour: { missing: ['GetIScsiInitiatorNodeNameW'] } }, ['status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      service: { value: { state: 'running' }, error: null },
      nodeName: { value: null, error: { code: 'ERR_ISCSIDSC_MISSING_EXPORT' } },
      portals: { value: [{}, {}, {}, {}] },
      targets: { value: [{}, {}, {}, {}, {}] },
      sessions: { value: [{}, {}, {}, {}] },
    });
  });
});
