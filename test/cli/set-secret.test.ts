import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { answering as answeringLibrary } from '../tasks/answering-library.js';
import { answering, machine, type Terminal } from './run.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'iscsidsc-set-secret-'));
const FILE = join(FOLDER, 'secret.txt');
afterAll(() => rmSync(FOLDER, { recursive: true }));

const DISK = 'iqn.2003-01.org.example:disk2';
const SECRET = 'target-1234567';
const OF_LOGIN = 'initiator-12345';
const RADIUS_SECRET = 'shared-with-the-servers';
const logIn = `target login ${DISK} --chap-user backup-host --mutual --timeout 2`;
const loginEnvironment = { ISCSIDSC_CHAP_SECRET: OF_LOGIN };

const COMMANDS = [
  {
    command: 'chap set-secret',
    what: 'mutual CHAP secret',
    variable: 'ISCSIDSC_MUTUAL_CHAP_SECRET',
    syscall: 'SetIScsiInitiatorCHAPSharedSecret',
    secret: SECRET,
  },
  {
    command: 'radius set-secret',
    what: 'RADIUS secret',
    variable: 'ISCSIDSC_RADIUS_SECRET',
    syscall: 'SetIScsiInitiatorRADIUSSharedSecret',
    secret: RADIUS_SECRET,
  },
] as const;

/** Types one answer after the other, and keeps the questions. */
function typing(...answers: readonly string[]) {
  const questions: string[] = [];
  const askSecret = async (question: string) => {
    questions.push(question);
    return answers[questions.length - 1] ?? '';
  };
  return { askSecret, questions };
}

describe.each(COMMANDS)('$command', ({ command, what, variable, syscall, secret }) => {
  /** Runs it, and returns what Windows was given: bytes, null for none, undefined if it was not called. */
  async function given(words: string, terminal: Terminal = {}) {
    using on = machine();
    let bytes: string | null | undefined;
    const library = answeringLibrary(on.library, {
      [syscall](length: unknown, memory: unknown) {
        bytes = memory === null ? null : (memory as Buffer).toString('latin1', 0, Number(length));
        return undefined;
      },
    });
    const result = await on.run(`${command} ${words}`.trim(), { library, ...terminal });
    return { bytes, ...result };
  }

  const environment = { [variable]: secret };

  it('sets the secret of a file', async () => {
    writeFileSync(FILE, `${secret}\r\n`);
    expect(await given(`--secret-file ${FILE} --yes`, { environment: { [variable]: 'not this one 12' } })).toEqual({
      bytes: secret,
      status: 0,
      hanging: false,
      stdout: `The ${what} of this machine is set.\n`,
      stderr: '',
    });
  });

  it('sets that of stdin, and that of the variable', async () => {
    expect(await given('--secret-file - --yes', { stdin: Readable.from([`${secret}\n`]) })).toMatchObject({
      bytes: secret,
      status: 0,
    });
    expect(await given('--yes', { environment })).toMatchObject({ bytes: secret, status: 0 });
  });

  it('asks for it twice, because nobody sees what is typed', async () => {
    const terminal = typing(secret, secret);
    expect(await given('--yes', terminal)).toMatchObject({ bytes: secret, status: 0 });
    expect(terminal.questions).toEqual([`${what}: `, `${what}, again: `]);
    expect(await given('--yes', typing(secret, `${secret}x`))).toEqual({
      bytes: undefined,
      status: 2,
      hanging: false,
      stdout: '',
      stderr: `iscsidsc: The two answers differ. See 'iscsidsc help ${command}'.\n`,
    });
    expect(await given('--yes', typing(''))).toMatchObject({ bytes: undefined, status: 2 });
  });

  it('does not take the secret of a login for it', async () => {
    for (const other of ['ISCSIDSC_CHAP_SECRET', ...COMMANDS.map(each => each.variable)]) {
      if (other === variable) continue;
      const { bytes, stderr, status } = await given('--yes', { environment: { [other]: secret } });
      expect(stderr).toContain(`Give --secret-file FILE, or set ${variable}.`);
      expect({ bytes, status }).toEqual({ bytes: undefined, status: 2 });
    }
    const login = await given('--chap-secret-file - --yes');
    expect(login.stderr).toContain("Unknown option '--chap-secret-file'.");
  });

  it('clears it with --clear', async () => {
    expect(await given('--clear --yes', { environment })).toMatchObject({
      bytes: null,
      status: 0,
      stdout: `The ${what} of this machine is cleared.\n`,
    });
    const both = await given('--clear --secret-file - --yes');
    expect(both.stderr).toContain('Give --secret-file or --clear, not both.');
    expect(both).toMatchObject({ bytes: undefined, status: 2 });
  });

  it('says what it did with --json', async () => {
    expect(JSON.parse((await given('--yes --json', { environment })).stdout)).toEqual({ isSet: true });
    expect(JSON.parse((await given('--clear --yes --json')).stdout)).toEqual({ isSet: false });
  });

  it('asks before', async () => {
    const no = answering('');
    expect(await given('', { environment, ...no })).toMatchObject({ bytes: undefined, status: 1, stdout: '' });
    expect(no.questions).toEqual([`Change the ${what} of this machine? [y/N] `]);
    const yes = answering('yes');
    expect(await given('--clear', yes)).toMatchObject({ bytes: null, status: 0 });
    expect(yes.questions).toEqual([`Clear the ${what} of this machine? [y/N] `]);
  });

  it('wants --yes where nobody can answer', async () => {
    const { bytes, stderr, status } = await given('', { environment });
    expect(stderr).toContain('Give --yes to change the secret without a question.');
    expect({ bytes, status }).toEqual({ bytes: undefined, status: 2 });
  });

  it.each([
    ['SECRET', 'Unexpected argument: word 1 after the command. It is not shown, because it can be a secret.'],
    ['--yes SECRET', 'Unexpected argument: word 2 after the command.'],
    ['--secret-file=- SECRET', 'Unexpected argument: word 2 after the command.'],
    ['--secret-file - SECRET', 'Unexpected argument: word 3 after the command.'],
    ['-- SECRET', 'Unexpected argument: word 2 after the command.'],
    ['-SECRET', 'Unknown option: word 1 after the command.'],
    ['--SECRET', 'Unknown option: word 1 after the command.'],
    ['--secret=SECRET', "Unknown option '--secret'."],
    ['--secret-file -SECRET', "A value that begins with '-' must be attached: '--secret-file=FILE'."],
    ['--secret-file SECRET', 'The file that --secret-file names cannot be read: ENOENT: no such file or directory.'],
    [`--secret-file ${'SECRET'.repeat(60)}`, 'The file that --secret-file names cannot be read: ENAMETOOLONG'],
  ])('does not show it if it is given as a word: %s', async (words, problem) => {
    for (const json of ['', ' --json']) {
      const typed = 'Xy-7654321';
      const { bytes, stdout, stderr, status } = await given(`${words.replaceAll('SECRET', typed)}${json} --yes`);
      expect(stderr).toContain(problem);
      expect(stdout + stderr).not.toContain(typed.slice(1));
      expect({ bytes, status }).toEqual({ bytes: undefined, status: 2 });
    }
  });

  it('says in words for a shell that it must be ASCII', async () => {
    const problem = `iscsidsc: The ${what} must be ASCII characters. See 'iscsidsc help ${command}'.\n`;
    for (const terminal of [typing('größe-123456', 'größe-123456'), { environment: { [variable]: 'größe-123456' } }]) {
      expect(await given('--yes', terminal)).toMatchObject({ bytes: undefined, status: 2, stderr: problem });
    }
  });

  it('never shows it, whatever is wrong', async () => {
    for (const wrong of ['not ASCII \u00e9\u00e9', 'x'.repeat(300), `${secret} and more that is too long`]) {
      for (const json of ['', ' --json']) {
        using on = machine({ behaviour: { status: 'ERROR_ACCESS_DENIED' } });
        const { stdout, stderr, status } = await on.run(`${command} --yes${json}`, typing(wrong, wrong));
        expect(status).not.toBe(0);
        expect(stdout + stderr).not.toContain(wrong.slice(0, 9));
      }
    }
  });
});

describe('the secret of radius set-secret', () => {
  it.each([21, 27])('has 22 to 26 bytes, not %i', async length => {
    using on = machine();
    const secret = 'x'.repeat(length);
    const { stdout, stderr, status } = await on.run('radius set-secret --yes', typing(secret, secret));
    expect(stderr).toMatch(/^iscsidsc: ERROR_INVALID_PARAMETER: .* The secret must have 22 to 26 bytes\.\n$/);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });
});

describe('the secret of chap set-secret', () => {
  it.each(['eleven-byte', 'seventeen-bytes-x'])('%j has a wrong length for Windows', async secret => {
    using on = machine();
    const { stdout, stderr, status } = await on.run('chap set-secret --yes', typing(secret, secret));
    expect(stderr).toMatch(/^iscsidsc: ISDSC_INVALID_INITIATOR_CHAP_SECRET: .* 12 to 16 bytes/);
    expect(stderr).not.toContain(secret);
    expect({ stdout, status }).toEqual({ stdout: '', status: 1 });
  });

  it('is what a target must prove from then on', async () => {
    using on = machine();
    await on.run('portal add 10.0.0.10');
    const unset = await on.run(logIn, { environment: loginEnvironment });
    expect(unset.stderr).toMatch(/ISDSC_INVALID_INITIATOR_CHAP_SECRET: .* 'iscsidsc chap set-secret' sets it/);

    const set = (secret: string) =>
      on.run('chap set-secret --yes', { environment: { ISCSIDSC_MUTUAL_CHAP_SECRET: secret } });
    expect((await set('another-secret')).status).toBe(0);
    const wrong = await on.run(logIn, { environment: loginEnvironment });
    expect(wrong.stderr).toMatch(/ISDSC_AUTHENTICATION_FAILURE: .* 'iscsidsc chap set-secret' has set\.\n$/);

    expect((await set(SECRET)).status).toBe(0);
    on.library.restart();
    const right = await on.run(logIn, { environment: loginEnvironment });
    expect(right).toMatchObject({ status: 0, stderr: '' });
  });
});
