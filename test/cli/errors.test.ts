import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../src/simulator.js';
import { withTexts } from '../library-with-texts.js';
import { run, runOn, runSessions } from './run.js';

describe('wrong usage', () => {
  const timeout = "Option '--timeout' needs a number of seconds above 0, at most 2147483";
  it.each<[argv: string[], problem: string, program?: string]>([
    [['login'], "Unknown command 'login'.", 'iscsidsc'],
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

  const id = 'ID must be two hexadecimal numbers of 1 to 16 digits with a hyphen between them';
  const portal = "Option '--portal' needs an address such as 10.0.0.5, 10.0.0.5:3260, fd00::5 or [fd00::5]:3260";
  const retries = "Option '--retries' needs a whole number from 0 to 1000";
  it.each<[command: string, args: string[], problem: string]>([
    ['session', [], 'ID is missing.'],
    ['session', ['1-2', '3-4'], "Unexpected argument '3-4'."],
    ...['', 'x', '1', '1-', '-1', '1-2-3', '0x1-2', '11112222333344445-1'].flatMap(
      (text): [string, string[], string][] => [
        ['session', ['--', text], `${id}, not '${text}'.`],
        ['logout', ['--yes', '--', text], `${id}, not '${text}'.`],
      ],
    ),
    ['watch', ['1-2'], "Unexpected argument '1-2'."],
    ['watch', ['--interval', '0'], "Option '--interval' needs a number of seconds above 0, at most 2147483, not '0'."],
    ['wait', [], "Option '--target' is missing."],
    ['wait', ['iqn.a'], "Unexpected argument 'iqn.a'."],
    ['wait', ['--target', 'iqn.a', 'iqn.b'], "Unexpected argument 'iqn.b'."],
    ['wait', ['--target'], "Option '--target' needs the name of a target."],
    ['wait', ['--target', ''], "Option '--target' needs the name of a target, not ''."],
    ['wait', ['--target', 'iqn.a', '--portal'], `${portal}.`],
    ['wait', ['--target', 'iqn.a', '--portal', 'fd00::zz'], `${portal}, not 'fd00::zz'.`],
    ['logout', [], 'ID is missing.'],
    ['logout', ['1-2'], 'There is no terminal to ask on: give --yes to log out without a question.'],
    ['logout', ['1-2', '--yes', '--retries'], `${retries}.`],
    ...['', '-1', '1.5', '1001', 'x', '1e2'].map((text): [string, string[], string] => [
      'logout',
      ['1-2', '--yes', '--retries', text],
      `${retries}, not '${text}'.`,
    ]),
    ['version', ['1'], "Unexpected argument '1'."],
  ])('%s %j ends with status 2', async (command, args, problem) => {
    expect(await run([command, ...args])).toEqual({
      status: 2,
      hanging: false,
      stdout: '',
      stderr: `iscsidsc: ${problem} See 'iscsidsc ${command} --help'.\n`,
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

  it.each([
    ['session', ['1-2'], 'GetIScsiSessionListW'],
    ['wait', ['--target', 'iqn.a'], 'GetIScsiSessionListW'],
    ['logout', ['1-2', '--yes'], 'GetIScsiSessionListW'],
    ['version', [], 'GetIScsiVersionInformation'],
  ])('of %s %j ends with status 1, too', async (command, args, syscall) => {
    const { stdout, stderr, status } = await runOn(stopped, [command, ...args, '--json']);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'ISDSC_SERVICE_NOT_RUNNING', syscall });
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  it
    .skipIf(process.platform === 'win32')
    .each([
      [['sessions']],
      [['session', '1-2']],
      [['watch']],
      [['wait', '--target', 'iqn.a']],
      [['logout', '1-2', '--yes']],
      [['version']],
    ])('%j tells of --simulate off Windows', async argv => {
    const { stdout, stderr, status } = await run(argv);
    expect(stderr).toMatch(/^iscsidsc: iscsidsc\.dll is a part of Windows, [^\n]+--simulate asks the simulator\.\n$/);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
    expect(JSON.parse((await run([...argv, '--json'])).stderr)).toMatchObject({
      code: 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM',
      message: expect.stringContaining('--simulate'),
      hint: expect.stringContaining('--simulate'),
    });
  });

  it('leaves out of the JSON what there is not', async () => {
    const { stderr } = await runSessions({ behaviour: { delayMs: 200 } }, ['--json', '--timeout', '0.01']);
    expect(Object.keys(JSON.parse(stderr))).toEqual(['code', 'syscall', 'message', 'hint']);
  });

  it('says what Windows says of a status that nobody else knows', async () => {
    const simulator = createSimulator({ behaviour: { status: 0xefffffff } });
    const library = withTexts(simulator, status => `Status ${status} $& 100 $'.`);
    const { stderr } = await run(['sessions'], { library });
    expect(stderr).toMatch(
      / \(GetIScsiSessionListW, 0xEFFFFFFF\)\..* Windows says: Status 4026531839 \$& 100 \$'\.\n$/,
    );
    simulator.dispose();
  });

  it('also where what is thrown is not an error of the package', async () => {
    const library = {
      name: 'broken',
      decodeAnsi: () => '',
      encodeAnsi: () => new Uint8Array(),
      func: () => {
        throw 'no error at all';
      },
    };
    const { stderr, status } = await run(['sessions'], { library });
    expect({ stderr, status }).toEqual({ stderr: 'iscsidsc: no error at all\n', status: 1 });
  });
});
