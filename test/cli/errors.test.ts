import { describe, expect, it } from 'vitest';
import { run, runSessions } from './run.js';

describe('wrong usage', () => {
  const timeout = "Option '--timeout' needs a number of seconds above 0, at most 2147483";
  it.each<[argv: string[], problem: string, program?: string]>([
    [['session'], "Unknown command 'session'.", 'iscsidsc'],
    [[''], "Unknown command ''.", 'iscsidsc'],
    [['toString'], "Unknown command 'toString'.", 'iscsidsc'],
    [['--nope'], "Unknown option '--nope'.", 'iscsidsc'],
    [['-x', 'sessions'], "Unknown option '-x'.", 'iscsidsc'],
    [['sessions', '--nope'], "Unknown option '--nope'."],
    [['sessions', '--nope=1'], "Unknown option '--nope'."],
    [['sessions', '--no-json'], "Unknown option '--no-json'."],
    [['sessions', '--toString'], "Unknown option '--toString'."],
    [['sessions', '--__proto__'], "Unknown option '--__proto__'."],
    [['sessions', '-j'], "Unknown option '-j'."],
    [['sessions', '--ansi=yes'], "Option '--ansi' takes no value."],
    [['sessions', 'all'], "Unexpected argument 'all'."],
    [['sessions', '--', '--ansi'], "Unexpected argument '--ansi'."],
    [['sessions', '--timeout'], `${timeout}.`],
    [['sessions', '--timeout', '--simulate'], `${timeout}, not '--simulate'.`],
    ...['', '0', '0.0', '-1', '+1', '1s', '1e3', '0x10', 'NaN', 'Infinity', '.', '1,5', ' 1', '2147484'].map(
      (value): [string[], string] => [['sessions', '--timeout', value], `${timeout}, not '${value}'.`],
    ),
  ])('%j ends with status 2', async (argv, problem, program = 'iscsidsc sessions') => {
    expect(await run(argv)).toEqual({
      status: 2,
      hanging: false,
      stdout: '',
      stderr: `iscsidsc: ${problem} See '${program} --help'.\n`,
    });
  });

  it('is JSON with --json', async () => {
    const { stdout, stderr, status } = await run(['sessions', '--json', 'all']);
    expect(JSON.parse(stderr)).toEqual({
      code: 'ERR_ISCSIDSC_INVALID_ARGUMENT',
      message: "Unexpected argument 'all'. See 'iscsidsc sessions --help'.",
      hint: "See 'iscsidsc sessions --help'.",
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  });

  it('does not send control characters of the command line to the terminal', async () => {
    expect((await run(['\x1b[2J'])).stderr).toContain("'\\x1b[2J'");
  });

  it('without a command prints the help on stderr', async () => {
    const { stdout, stderr, status } = await run([]);
    expect(stderr).toBe((await run(['--help'])).stdout);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  });
});

describe('a failed call', () => {
  const stopped = { behaviour: { status: 'ISDSC_SERVICE_NOT_RUNNING' } };

  it('ends with status 1 and one line on stderr, without a stack', async () => {
    const { stdout, stderr, status, hanging } = await runSessions(stopped);
    expect(stderr).toMatch(
      /^iscsidsc: ISDSC_SERVICE_NOT_RUNNING: [^\n]+ \(GetIScsiSessionListW, 0xEFFF003E\)\.[^\n]*\n$/,
    );
    expect({ stdout, status, hanging }).toEqual({ stdout: '', status: 1, hanging: false });
  });

  it('is one line of JSON with --json', async () => {
    const { stdout, stderr, status } = await runSessions(stopped, ['--json', '--ansi']);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(stderr)).toEqual({
      code: 'ISDSC_SERVICE_NOT_RUNNING',
      errno: 0xefff003e,
      syscall: 'GetIScsiSessionListA',
      message: expect.stringContaining('ISDSC_SERVICE_NOT_RUNNING'),
      hint: expect.any(String),
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  it('leaves out of the JSON what there is not', async () => {
    const { stderr } = await runSessions({ behaviour: { status: 0xefffffff } }, ['--json']);
    expect(Object.keys(JSON.parse(stderr))).toEqual(['code', 'errno', 'syscall', 'message']);
  });

  it('also where what is thrown is not an error of the package', async () => {
    const library = {
      name: 'broken',
      decodeAnsi: () => '',
      func: () => {
        throw 'no error at all';
      },
    };
    const { stderr, status } = await run(['sessions'], { library });
    expect({ stderr, status }).toEqual({ stderr: 'iscsidsc: no error at all\n', status: 1 });
  });
});
