import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/failure.js';
import { parseInput } from '../../src/cli/options/parse.js';
import { COUNT, SECONDS, TARGET } from '../../src/cli/options/values.js';
import { run, runOn } from './run.js';

const HYPHEN = "A value that begins with '-' must be attached:";

describe('wrong usage', () => {
  const timeout = "Option '--timeout' needs a number of seconds above 0, at most 2147483";
  it.each<[argv: string[], problem: string, topic?: string]>([
    [['mount'], "Unknown command 'mount'.", ''],
    [[''], "Unknown command ''.", ''],
    [['toString'], "Unknown command 'toString'.", ''],
    [['--nope'], "Unknown option '--nope'.", ''],
    [['--simulate', 'sessions'], "Option '--simulate' must follow the command.", ''],
    [['help', 'nothing'], "Unknown command 'nothing'.", ''],
    [['help', 'sessions', 'all'], "Unexpected argument 'all'.", ''],
    [['session', '--ansi'], 'The verb is missing. The verbs of session are list, show, watch, wait, logout.', ''],
    [['session', 'x'], "Unknown command 'session x'. The verbs of session are list, show, watch, wait, logout.", ''],
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
    [['sessions', '--timeout', '--simulate'], `${timeout}. ${HYPHEN} '--timeout=--simulate'.`],
    [['sessions', '--timeout', '-1'], `${timeout}. ${HYPHEN} '--timeout=-1'.`],
    [['sessions', '--timeout=-1'], `${timeout}, not '-1'.`],
    ...['', '0', '0.0', '+1', '1s', '1e3', '0x10', 'NaN', 'Infinity', '.', '1,5', ' 1', '2147484'].map(
      (value): [string[], string] => [['sessions', '--timeout', value], `${timeout}, not '${value}'.`],
    ),
    [['sessions', '--state', 'gone'], "Option '--state' needs connected or reconnecting, not 'gone'."],
  ])('%j ends with status 2', async (argv, problem, topic = ' session list') => {
    expect(await run(argv)).toEqual({
      status: 2,
      hanging: false,
      stdout: '',
      stderr: `iscsidsc: ${problem} See 'iscsidsc help${topic}'.\n`,
    });
  });

  const id = "SESSION must be an id such as ffffe00112345010-4000013700000003, or the end of one such as '0003'";
  const portal = "Option '--portal' needs an address such as 10.0.0.5, 10.0.0.5:3260, fd00::5 or [fd00::5]:3260";
  const retries = "Option '--retries' needs a whole number from 0 to 1000";
  const interval = "Option '--interval' needs a number of seconds above 0, at most 2147483";
  it.each<[verb: string, args: string[], problem: string]>([
    ['show', [], 'SESSION or --target is missing.'],
    ['show', ['1-2', '--target', 'iqn.a'], 'Give SESSION or --target, not both.'],
    ['show', ['1-2', '3-4'], "Unexpected argument '3-4'."],
    ...['', 'x', '1-', '-1', '1-2-3', '0x1-2', '11112222333344445-1', '11112222333344445'].flatMap(
      (text): [string, string[], string][] => [
        ['show', ['--', text], `${id}, not '${text}'.`],
        ['logout', ['--yes', '--', text], `${id}, not '${text}'.`],
      ],
    ),
    ['watch', ['1-2'], "Unexpected argument '1-2'."],
    ['watch', ['--interval', '0'], `${interval}, not '0'.`],
    ['wait', [], "Option '--target' is missing."],
    ['wait', ['iqn.a'], "Unexpected argument 'iqn.a'."],
    ['wait', ['--target', 'iqn.a', 'iqn.b'], "Unexpected argument 'iqn.b'."],
    ['wait', ['--target'], "Option '--target' needs the name of a target."],
    [
      'wait',
      ['--target', '--simulate'],
      `Option '--target' needs the name of a target. ${HYPHEN} '--target=--simulate'.`,
    ],
    ['wait', ['--target', ''], "Option '--target' needs the name of a target, not ''."],
    ['wait', ['--target', 'iqn.a', '--portal'], `${portal}.`],
    ['wait', ['--target', 'iqn.a', '--portal', 'fd00::zz'], `${portal}, not 'fd00::zz'.`],
    ['logout', [], 'SESSION or --target is missing.'],
    ['logout', ['1-2'], 'There is no terminal to ask on. Give --yes to log out without a question.'],
    ['logout', ['1-2', '--yes', '--retries'], `${retries}.`],
    ...['', '1.5', '1001', 'x', '1e2'].map((text): [string, string[], string] => [
      'logout',
      ['1-2', '--yes', '--retries', text],
      `${retries}, not '${text}'.`,
    ]),
  ])('session %s %j ends with status 2', async (verb, args, problem) => {
    const { ask, ...terminal } = { ask: async () => 'y' };
    const canAsk = problem.startsWith('There is no terminal') ? terminal : { ask };
    expect(await run(['session', verb, ...args], canAsk)).toEqual({
      status: 2,
      hanging: false,
      stdout: '',
      stderr: `iscsidsc: ${problem} See 'iscsidsc help session ${verb}'.\n`,
    });
  });

  it('is JSON with --json', async () => {
    const { stdout, stderr, status } = await run(['sessions', '--json', 'all']);
    expect(JSON.parse(stderr)).toEqual({
      code: 'ERR_ISCSIDSC_INVALID_ARGUMENT',
      message: "Unexpected argument 'all'. See 'iscsidsc help session list'.",
      hint: "See 'iscsidsc help session list'.",
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  });

  it('does not send control characters of the command line to the terminal', async () => {
    expect((await run(['\x1b[2J'])).stderr).toContain("'\\x1b[2J'");
  });

  it('is wrapped at words on a terminal', async () => {
    const argv = ['sessions', '--timeout', '--simulate'];
    const { stderr } = await run(argv, { errorColumns: 40 });
    expect(Math.max(...stderr.split('\n').map(line => line.length))).toBeLessThanOrEqual(40);
    expect(stderr.trimEnd().split(/\s+/)).toEqual((await run(argv)).stderr.trimEnd().split(' '));
  });
});

describe('a misspelt word', () => {
  it.each([
    ['sesions', 'sessions'],
    ['SESSIONS', 'sessions'],
    ['sess', 'session'],
    ['initator', 'initiator'],
    ['hlep', 'help'],
    ['logout', 'session logout'],
    ['login', 'target login'],
    ['favourites', 'favorites'],
    ['inquiry', 'scsi inquiry'],
    ['devices', 'device'],
    ['rename', 'initiator rename'],
    ['chap set_secret', 'chap set-secret'],
    ['isns ad', 'isns add'],
    ['portal lst', 'portal list'],
    ['portals add 10.0.0.10', 'portal add'],
    ['targets login --help', 'target login'],
    ['watch', 'session watch'],
    ['version', '--version'],
    ['--versoin', '--version'],
    ['session lsit', 'session list'],
    ['help session wacth', 'session watch'],
    ['help sesssions', 'sessions'],
    ['sessions --devcies', '--devices'],
    ['sessions -devices', '--devices'],
    ['session wait --tagret=x', '--target'],
  ])('%s gets a suggestion', async (words, typed) => {
    const { stderr, status } = await run(words.split(' '));
    expect(stderr).toContain(` Did you mean '${typed}'? See `);
    expect(status).toBe(2);
  });

  it('gets all suggestions that are equally good', async () => {
    expect((await run(['remove'])).stderr).toContain(
      " Did you mean 'connection remove', 'target remove', 'portal remove', 'isns remove', 'favorite remove' or 'radius remove'? See ",
    );
  });

  it('is found if one letter is wrong', async () => {
    const slips = fc
      .constantFrom('sessions', 'initiator')
      .chain(word => fc.tuple(fc.constant(word), fc.nat(word.length - 1), fc.constantFrom('drop', 'double', 'swap')));
    await fc.assert(
      fc.asyncProperty(slips, async ([word, at, slip]) => {
        const [head, letter = '', tail] = [word.slice(0, at), word[at], word.slice(at + 1)];
        const wrong =
          slip === 'drop'
            ? head + tail
            : slip === 'double'
              ? head + letter + letter + tail
              : head + tail.slice(0, 1) + letter + tail.slice(1);
        fc.pre(!['sessions', 'session', 'initiator'].includes(wrong));
        // `essions` is as near to `session`.
        expect((await run([wrong])).stderr).toMatch(new RegExp(`Did you mean '${word.replace(/s$/, 's?')}'\\?`));
      }),
    );
  });

  it.each(['xyzzy', 'q', '例え'])('%s gets none', async word => {
    expect((await run([word])).stderr).not.toContain('Did you mean');
  });
});

describe('options and operands', () => {
  const options = {
    yes: { help: 'Yes', short: 'y' },
    quick: { help: 'Quick' },
    name: { help: 'Name', type: TARGET },
    wait: { help: 'Wait', type: SECONDS, default: '2' },
  } as const;
  const operands = {
    from: { help: 'From', type: { ...TARGET, placeholder: 'FROM' }, required: true },
    to: { help: 'To', type: { ...TARGET, placeholder: 'TO' } },
  } as const;

  it('may stand in any order, and the last of the same kind counts', () => {
    expect(parseInput(options, operands, ['a', '-y', '--wait', '1.5', '--name=-x=', '--wait=3', '--', '-b'])).toEqual({
      yes: true,
      quick: false,
      name: '-x=',
      wait: 3000,
      from: 'a',
      to: '-b',
    });
  });

  it('are false, the default or undefined if they are left out', () => {
    const input = parseInput(options, operands, ['a']);
    expect(input).toEqual({ yes: false, quick: false, wait: 2000, from: 'a' });
  });

  it('can be given more than once if they are repeatable', () => {
    const repeatable = { portal: { help: 'Portal', type: COUNT, repeatable: true } } as const;
    expect(parseInput(repeatable, {}, ['--portal', '1', '--portal=2', '--portal', '1'])).toEqual({ portal: [1, 2, 1] });
    expect(parseInput(repeatable, {}, [])).toEqual({ portal: [] });
  });

  it('stand in for an operand, before it or behind it', () => {
    const either = { from: { help: 'From', type: operands.from.type, unless: 'name' }, to: operands.to } as const;
    const read = (...words: string[]) => parseInput({ name: options.name }, either, words);
    expect(read('a', 'b')).toEqual({ from: 'a', to: 'b' });
    expect(read('b', '--name', 'a')).toEqual({ to: 'b', name: 'a' });
    expect(read('--name=a', 'b')).toEqual({ to: 'b', name: 'a' });
    expect(() => read('a', 'b', '--name=c')).toThrow('Give FROM or --name, not both.');
    expect(() => read()).toThrow('FROM or --name is missing.');
  });

  it('stand in for an operand, also those without a value', () => {
    const either = { from: { help: 'From', type: operands.from.type, unless: 'quick' } } as const;
    const read = (...words: string[]) => parseInput({ quick: options.quick }, either, words);
    expect(read('a')).toEqual({ from: 'a', quick: false });
    expect(read('--quick')).toEqual({ quick: true });
    expect(() => read('a', '--quick')).toThrow('Give FROM or --quick, not both.');
    expect(() => read()).toThrow('FROM or --quick is missing.');
  });

  it('can be several in front of another one', () => {
    const { help, type } = operands.from;
    const several = { from: { help, type, repeatable: true }, to: { ...operands.to, required: true } } as const;
    const read = (...words: string[]) => parseInput({}, several, words);
    expect(read('a', 'b', 'c')).toEqual({ from: ['a', 'b'], to: 'c' });
    expect(read('a', 'b')).toEqual({ from: ['a'], to: 'b' });
    expect(read('a')).toEqual({ from: [], to: 'a' });
    expect(() => read()).toThrow('TO is missing.');
  });

  it('names the operand that is missing', () => {
    expect(() => parseInput(options, operands, [])).toThrow('FROM is missing.');
  });

  const value = fc.string({ minLength: 1 });
  it('are read as they were meant, however they are written', () => {
    fc.assert(
      fc.property(
        fc.record({ yes: fc.boolean(), quick: fc.boolean(), name: fc.option(value, { nil: undefined }), from: value }),
        fc.infiniteStream(fc.boolean()),
        (meant, choices) => {
          const choose = () => choices.next().value;
          const { yes, quick, name, from } = meant;
          const attached = name?.startsWith('-') && name !== '-';
          const parts = [
            ...(yes ? [[choose() ? '--yes' : '-y']] : []),
            ...(quick ? [['--quick']] : []),
            ...(name === undefined ? [] : attached || choose() ? [[`--name=${name}`]] : [['--name', name]]),
          ];
          if (choose()) parts.reverse();
          const first = choose() && !(from.startsWith('-') && from !== '-');
          const words = first ? [from, ...parts.flat()] : [...parts.flat(), '--', from];
          expect(parseInput(options, operands, words)).toEqual({ wait: 2000, ...meant });
        },
      ),
    );
  });

  it('are read or refused, whatever is typed', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('--name', '--name=', '--wait', '-y', '--', '--yes=', '-', '1'));
    fc.assert(
      fc.property(fc.array(word), words => {
        try {
          const { name, from } = parseInput(options, operands, words);
          expect(words.join('\n')).toContain(from);
          if (name !== undefined) expect(words.some(each => each === name || each === `--name=${name}`)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });

  it('never make the program crash', async () => {
    const words = [
      'session',
      'list',
      'show',
      'sessions',
      'help',
      '--json',
      '--target',
      '-h',
      '--',
      'iqn.a',
      '0003',
      '-',
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 5 }), async argv => {
        const { status } = await runOn({}, argv);
        expect([0, 2, 4]).toContain(status);
      }),
    );
  });
});
