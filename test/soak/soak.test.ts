import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const RUN = fileURLToPath(new URL('run.mjs', import.meta.url));
// The long form is `npm run soak`.
const SHORT = ['--sync=20000', '--async=2000'];

describe('resident memory', () => {
  it('stays flat over many lists, errors, aborts and simulators', async () => {
    const { status, stdout } = await run();
    expect(stdout).toMatch(/: flat \(at most 8\.0 MiB more\)\n$/);
    expect(status).toBe(0);
  }, 600_000);

  it('would not, if a list left its buffer behind: the soak finds that', async () => {
    const { status, stdout } = await run('--leak');
    expect(stdout).toMatch(/: NOT FLAT /);
    expect(status).toBe(1);
  }, 600_000);
});

function run(...args: string[]): Promise<{ status: unknown; stdout: string }> {
  return new Promise(resolve => {
    execFile(process.execPath, [RUN, ...SHORT, ...args], (error, stdout) => {
      resolve({ status: error ? error.code : 0, stdout });
    });
  });
}
