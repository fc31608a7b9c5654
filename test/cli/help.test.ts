import { describe, expect, it } from 'vitest';
import { run } from './run.js';

describe('--help', () => {
  it.each([[['--help']], [['-h']], [['--help', 'sessions']]])('%j lists the commands', async argv => {
    const { stdout, stderr, status } = await run(argv);
    expect(stdout).toContain('Usage: iscsidsc COMMAND [options]\n');
    expect(stdout).toContain('  sessions  List the active iSCSI sessions\n');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  it.each([[['--help']], [['-h']], [['--json', '-h']]])(
    'sessions %j lists its options and calls nothing',
    async argv => {
      const { stdout, stderr, status } = await run(['sessions', ...argv]);
      expect(stdout).toBe(
        [
          'Usage: iscsidsc sessions [options]',
          '',
          'List the active iSCSI sessions.',
          '',
          'Options:',
          '      --json             Print JSON; errors are JSON too',
          '      --simulate         Ask the simulator, which works on any platform',
          '      --ansi             Call the ANSI form of the function (A, not W)',
          '      --timeout SECONDS  Give up after so long, 0.5 for instance',
          '  -h, --help             Print this help',
          '',
        ].join('\n'),
      );
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    },
  );
});

it('--version prints the version', async () => {
  expect(await run(['--version'])).toEqual({ stdout: '1.2.3\n', stderr: '', status: 0, hanging: false });
});
