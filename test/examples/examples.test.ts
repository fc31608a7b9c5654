import { afterAll, describe, expect, it } from 'vitest';
import { EXAMPLE_NAMES, UsersProject } from './users-project.js';

const project = new UsersProject();
afterAll(() => project.remove());

const STACK = /^ {4}at /m;
const CHECK = 'check-connections.mjs';
const argumentsOf = (example: string) => (example === CHECK ? ['--target', 'iqn.any'] : []);
const failed = (example: string) => (example === CHECK ? 3 : 1);

describe.each(EXAMPLE_NAMES)('%s', example => {
  it.each(['--help', '-h'])('prints its usage with %s', async option => {
    const { status, stdout, stderr } = await project.run(example, [option]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      new RegExp(`^usage: node ${example}( --target IQN)?( \\[--[^\\n]+\\])+\\n[A-Z][^\\n]+\\.\\n$`),
    );
  });

  it('says that it does not know an option', async () => {
    const { status, stdout, stderr } = await project.run(example, ['--nope', ...argumentsOf(example)]);
    expect(status).toBe(failed(example));
    expect(stdout + stderr).toContain("Unknown option '--nope'");
    expect(stdout + stderr).not.toMatch(STACK);
  });

  it.skipIf(process.platform === 'win32' || example === 'list-sessions.mjs')(
    'says what to do where there is no iscsidsc.dll',
    async () => {
      const { status, stdout, stderr } = await project.run(example, argumentsOf(example));
      expect(status).toBe(failed(example));
      expect(stdout + stderr).toMatch(
        /iscsidsc\.dll is a part of Windows, and this is \w+\. Run .*iscsidsc\/simulate.*createSimulator/,
      );
      expect(stdout + stderr).not.toMatch(STACK);
    },
  );

  it.skipIf(['watch-sessions.mjs', 'metrics-server.mjs'].includes(example))(
    'says what to do when the service is stopped',
    async () => {
      const machine = { behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } };
      const { status, stdout, stderr } = await project.run(example, ['--simulate', ...argumentsOf(example)], machine);
      expect(status).toBe(failed(example));
      expect(stdout + stderr).toContain('net start MSiSCSI');
      expect(stdout + stderr).not.toMatch(STACK);
    },
  );
});
