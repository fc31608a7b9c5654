import { exampleSessions } from 'iscsidsc/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { findNode } from '../package/nodes.mjs';
import { requiredTier } from '../required.js';
import { UsersProject } from './users-project.js';

const project = new UsersProject();
afterAll(() => project.remove());

const SIMULATED = expect.stringMatching(/^SIMULATED: /);
const LINES = [
  'ffffe00112345010-4000013700000000  iqn.1992-08.com.example.san:vol-sql  192.168.1.108 port 3260, 192.168.2.108 port 3260',
  'ffffe00112345010-4000013700000001  iqn.2005-10.org.example.nas:backup  fd00:10:20::5 port 3260',
  'ffffe00112345010-4000013700000002  iqn.2004-04.com.example.archive:lun0  reconnecting',
  'ffffe00112345010-4000013700000003  iqn.1991-05.com.microsoft:filer-quorum-target  192.168.1.20 port 3260',
];
const good = (stdout: unknown) => ({ status: 0, signal: null, stdout, stderr: '' });

describe.each(['list-sessions.mjs', 'list-sessions.ts'])('%s', example => {
  it('says first that simulated sessions are simulated', async () => {
    const { stdout, ...rest } = await project.run(example, ['--simulate']);
    expect(rest).toEqual({ status: 0, signal: null, stderr: '' });
    expect(stdout.split('\n')).toEqual([SIMULATED, ...LINES, '']);
  });

  it('says so when there is no session', async () => {
    expect(await project.run(example, ['--simulate'], { sessions: [] })).toEqual(
      good(expect.stringMatching(/^SIMULATED: [^\n]+\nNo session\.\n$/)),
    );
  });
});

describe('list-sessions.mjs', () => {
  it.skipIf(process.platform === 'win32')('turns to simulated sessions where there is no iscsidsc.dll', async () => {
    const { stdout } = await project.run('list-sessions.mjs');
    expect(stdout.split('\n')).toEqual([
      'SIMULATED: there is no iscsidsc.dll on this machine, so these sessions are made up.',
      ...LINES,
      '',
    ]);
  });
});

describe.each(['22', '24', '26'])('list-sessions.ts in Node %s', version => {
  const node = requiredTier(findNode(version));
  it.skipIf(!node.ok)('runs as it stands', async () => {
    if (!node.ok) return;
    const { status, stdout } = await project.run('list-sessions.ts', ['--simulate'], {}, node.program);
    expect(status).toBe(0);
    expect(stdout.split('\n')).toEqual([SIMULATED, ...LINES, '']);
  });
});

describe('disks-of-sessions.mjs', () => {
  it('prints the disk of every connected session', async () => {
    const { stdout, ...rest } = await project.run('disks-of-sessions.mjs', ['--simulate']);
    expect(rest).toEqual({ status: 0, signal: null, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      SIMULATED,
      'ffffe00112345010-4000013700000000  iqn.1992-08.com.example.san:vol-sql  \\\\.\\PhysicalDrive1',
      'ffffe00112345010-4000013700000001  iqn.2005-10.org.example.nas:backup  \\\\.\\PhysicalDrive2',
      'ffffe00112345010-4000013700000002  iqn.2004-04.com.example.archive:lun0  no disk',
      'ffffe00112345010-4000013700000003  iqn.1991-05.com.microsoft:filer-quorum-target  \\\\.\\PhysicalDrive4',
      '',
    ]);
  });

  it('says of a session why its disks are not known, and goes on', async () => {
    const { stdout } = await project.run('disks-of-sessions.mjs', ['--simulate'], {
      sessions: exampleSessions(2),
      // Both are asked four times; the second one is answered the last time.
      behaviour: { deviceBusy: 7 },
    });
    expect(stdout).toMatch(/disk-0 {2}ISDSC_SESSION_BUSY: [^\n]+\n.*disk-1 {2}\\\\\.\\PhysicalDrive2\n/);
  });
});
