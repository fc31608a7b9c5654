import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const RUN = fileURLToPath(new URL('run.mjs', import.meta.url));
// The long form is `npm run soak`.
const LISTS = ['--sync=20000', '--async=2000', '--connections=0'];
const CONNECTIONS = ['--sync=0', '--async=0', '--connections=1000'];

describe('resident memory', () => {
  it('stays flat over many lists, errors, aborts and simulators', async () => {
    const { status, stdout } = await run(LISTS);
    expect(stdout).toMatch(/: flat \(at most 8\.0 MiB more\)\n$/);
    expect(status).toBe(0);
  }, 600_000);

  it('would not, if a list left its buffer behind: the soak finds that', async () => {
    const { status, stdout } = await run([...LISTS, '--leak']);
    expect(stdout).toMatch(/: NOT FLAT /);
    expect(status).toBe(1);
  }, 600_000);
});

describe('1,000 times connected and disconnected, undone, failed and aborted', () => {
  it('leave memory, portals, targets, sessions, saved logins, timers, listeners and handles as they were', async () => {
    const { status, stdout } = await run(CONNECTIONS);
    expect(stdout).toMatch(/ 1000 cycles\n/);
    expect(stdout).toMatch(/"disconnected":[1-9].*"undone":[1-9].*"failed":[1-9].*"aborted":[1-9]/);
    expect(stdout).toMatch(/: flat \(at most 8\.0 MiB more\)\n$/);
    expect(status).toBe(0);
  }, 600_000);

  it('would not, if each left the buffer of one list behind: the soak finds that', async () => {
    const { status, stdout } = await run([...CONNECTIONS, '--leak']);
    expect(stdout).toMatch(/: NOT FLAT /);
    expect(status).toBe(1);
  }, 600_000);
});

function run(args: readonly string[]): Promise<{ status: unknown; stdout: string }> {
  return new Promise(resolve => {
    execFile(process.execPath, [RUN, ...args], (error, stdout) => {
      resolve({ status: error ? error.code : 0, stdout });
    });
  });
}
