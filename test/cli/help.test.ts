import { describe, expect, it } from 'vitest';
import { run } from './run.js';

describe('--help', () => {
  it.each([[['--help']], [['-h']], [['--help', 'sessions']]])('%j lists the commands', async argv => {
    const { stdout, stderr, status } = await run(argv);
    expect(stdout).toContain('Usage: iscsidsc COMMAND [options]\n');
    expect(stdout).toContain(
      [
        'Commands:',
        '  sessions  List the active iSCSI sessions',
        '  session   Print everything about one session',
        '  watch     Print the changes of the sessions until it is ended, on a terminal the table itself',
        '  wait      Wait until a target is connected, and print its session',
        '  logout    End one session, after asking',
        '  version   Print the version and the names of the initiator, and the version of iscsidsc',
        '',
      ].join('\n'),
    );
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
          '      --devices          With the devices of each session',
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

it.each([
  ['session', 'Usage: iscsidsc session ID [options]'],
  ['watch', '      --interval SECONDS  Time from one list to the next, 2 if left out'],
  ['wait', '      --portal ADDR[:PORT]  Connected by this portal of the target'],
  ['logout', 'Usage: iscsidsc logout ID [options]'],
  ['version', 'Usage: iscsidsc version [options]'],
])('%s --help lists its operands and options', async (command, line) => {
  const { stdout, stderr, status } = await run([command, '--help']);
  expect(stdout.split('\n')).toContain(line);
  for (const option of ['json', 'simulate', 'ansi', 'timeout']) expect(stdout).toContain(`  --${option}`);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

it('--version prints the version', async () => {
  expect(await run(['--version'])).toEqual({ stdout: '1.2.3\n', stderr: '', status: 0, hanging: false });
});
