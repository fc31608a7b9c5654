import { describe, expect, it } from 'vitest';
import { defineCommand } from '../../src/cli/command.js';
import { SECONDS } from '../../src/cli/seconds.js';
import { pipe } from './run.js';

describe('a command with operands and options', () => {
  let given: unknown;
  const { io, written } = pipe();
  const command = defineCommand({
    name: 'move',
    summary: 'Move a thing',
    operands: ['FROM', 'TO'],
    options: { yes: { help: 'Do not ask', short: 'y' }, timeout: { help: 'Give up', ...SECONDS } },
    run: async (values, _io, operands) => {
      given = { values, operands };
    },
  });

  it('is given both', async () => {
    await command.run(['a', '-y', '--timeout', '1.5', '--', '-b'], io);
    expect(given).toEqual({ values: { yes: true, timeout: 1500 }, operands: ['a', '-b'] });
  });

  it('names the operand that is missing or too many', async () => {
    await expect(command.run([], io)).rejects.toThrow("FROM is missing. See 'iscsidsc move --help'.");
    await expect(command.run(['a'], io)).rejects.toThrow("TO is missing. See 'iscsidsc move --help'.");
    await expect(command.run(['a', 'b', 'c'], io)).rejects.toThrow("Unexpected argument 'c'.");
  });

  it('shows them in its help', async () => {
    await command.run(['--help'], io);
    expect(written.stdout).toContain('Usage: iscsidsc move FROM TO [options]\n');
    expect(written.stdout).toContain('  -y, --yes              Do not ask\n');
  });
});
