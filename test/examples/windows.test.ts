import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { exampleSessions } from 'iscsidsc/simulator';
import { describe, expect, it, vi } from 'vitest';
import type { Scenario } from '../contract/scenario.js';
import { App } from '../windows/app.js';
import { standInText } from '../windows/programs/stand-in.js';
import { tierOrReason } from '../windows/required.js';
import { parseExposition } from './exposition.js';

const TARGET = 'iqn.2003-01.org.example:disk-0';

const tier = tierOrReason();

describe.skipIf(!tier.ok)('the examples in Windows Node', () => {
  if (!tier.ok) return;
  const app = new App(tier);
  const prepared = (example: string, scenario: Scenario) => {
    copyFileSync(join('examples', example), join(tier.appFolder, example));
    return { env: { ISCSIDSC_STANDIN: standInText(scenario) } };
  };
  const run = (scenario: Scenario, example: string, ...args: string[]) =>
    app.run([example, ...args], prepared(example, scenario));
  const check = (scenario: Scenario, ...args: string[]) =>
    run(scenario, 'check-connections.mjs', '--target', TARGET, ...args);

  it('list-sessions lists the sessions of the DLL, and does not call them simulated', async () => {
    const { stdout, stderr, status } = await run({ sessions: 2 }, 'list-sessions.mjs');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout.split('\n')).toEqual([
      'ffffe00112345010-4000013700000000  iqn.2003-01.org.example:disk-0  10.0.0.0 port 3260',
      'ffffe00112345010-4000013700000001  iqn.2003-01.org.example:disk-1  10.0.0.1 port 3260',
      '',
    ]);
  });

  it('list-sessions says what to do when the service is stopped, and simulates nothing', async () => {
    const { stdout, stderr, status } = await run({ status: 0xefff003e }, 'list-sessions.mjs');
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(stderr).toMatch(/^ISDSC_SERVICE_NOT_RUNNING: [^\n]*net start MSiSCSI[^\n]*\n$/);
  });

  it('disks-of-sessions prints the disks of each session', async () => {
    const { stdout } = await run({ sessions: 2, devices: 2 }, 'disks-of-sessions.mjs');
    expect(stdout).toContain('disk-0  \\\\.\\PhysicalDrive1, \\\\.\\PhysicalDrive2\n');
    expect(stdout).toContain('disk-1  \\\\.\\PhysicalDrive3, \\\\.\\PhysicalDrive4\n');
  });

  it.each([
    ['OK', 0, 2, '2'],
    ['WARNING', 1, 1, '2'],
    ['CRITICAL', 2, 0, '1'],
  ])('check-connections says %s with status %i', async (word, status, connections, wanted) => {
    const result = await check({ sessions: 1, connections }, '--connections', wanted);
    expect(result).toMatchObject({ status, stderr: '' });
    expect(result.stdout).toBe(
      `ISCSI ${word}: connections to ${TARGET}: ${connections}, wanted: ${wanted}` +
        ` | connections=${connections};${wanted}:;1:;0 sessions=1;;;0\n`,
    );
  });

  it('check-connections says UNKNOWN with status 3 when the service is stopped', async () => {
    const result = await check({ status: 0xefff003e });
    expect(result).toMatchObject({ status: 3, stderr: '' });
    expect(result.stdout).toMatch(/^ISCSI UNKNOWN: ISDSC_SERVICE_NOT_RUNNING: [^\n]*net start MSiSCSI/);
  });

  it('check-connections ends with status 3 while the call hangs', async () => {
    expect(await check({ delay: 600_000 }, '--timeout', '3')).toMatchObject({
      status: 3,
      timedOut: false,
      stdout: 'ISCSI UNKNOWN: The initiator has not answered within 3 s. The service MSiSCSI may hang.\n',
    });
  });

  it('metrics-server counts the sessions of the DLL', async () => {
    const options = prepared('metrics-server.mjs', { sessions: 3, connections: 2 });
    const server = tier.start(['metrics-server.mjs', '--port', '0'], options);
    try {
      const address = await vi.waitFor(
        () => {
          const [, found] = /^metrics at (http:\S+)\n$/.exec(server.output()) ?? [];
          if (found === undefined) throw new Error(`it does not listen yet: ${server.output()}`);
          return found;
        },
        { timeout: 20_000, interval: 100 },
      );
      const metrics = parseExposition(await (await fetch(address)).text());
      expect(metrics.get('iscsi_up')?.samples).toEqual([{ name: 'iscsi_up', labels: {}, value: 1 }]);
      expect(metrics.get('iscsi_session_connections')?.samples).toEqual(
        exampleSessions(3).map(({ targetName: target, sessionId: session_id }) => ({
          name: 'iscsi_session_connections',
          labels: { target, session_id },
          value: 2,
        })),
      );
      const durations = metrics.get('iscsi_native_call_duration_seconds')?.samples ?? [];
      expect(durations.map(({ name, labels }) => `${name} ${labels.syscall} ${labels.status}`)).toContain(
        'iscsi_native_call_duration_seconds_count GetIScsiSessionListW ERROR_SUCCESS',
      );
    } finally {
      server.kill();
      await server.done;
    }
  });
});
