import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSimulator } from 'iscsidsc/simulator';
import { describe, expect, it } from 'vitest';

const example = async (name: string, ...args: string[]) => {
  const file = fileURLToPath(new URL(`../../examples/${name}.mjs`, import.meta.url));
  return (await promisify(execFile)(process.execPath, [file, ...args])).stdout.split('\n');
};
const { sessions } = createSimulator();

describe('the examples', () => {
  it.runIf(process.platform !== 'win32')('list-sessions says first that its sessions are simulated', async () => {
    const [first, ...lines] = await example('list-sessions');
    expect(first).toMatch(/^SIMULATED: /);
    for (const { sessionId } of sessions) expect(lines).toContainEqual(expect.stringContaining(sessionId));
  });

  it('disks-of-sessions prints the disk of every connected session', async () => {
    const lines = await example('disks-of-sessions', '--simulate');
    expect(lines.map(line => /PhysicalDrive\d+|no disk/.exec(line)?.[0])).toEqual([
      'PhysicalDrive1',
      'PhysicalDrive2',
      'no disk',
      'PhysicalDrive4',
      undefined,
    ]);
  });
});
