import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readSecret } from '../../src/cli/secret.js';
import { askSecret } from '../../src/cli/terminal/ask-secret.js';
import { Interruption } from '../../src/cli/terminal/interruption.js';
import { machine, pipe, type Terminal } from './run.js';

const FOLDER = mkdtempSync(join(tmpdir(), 'iscsidsc-secrets-'));
const FILE = join(FOLDER, 'secret.txt');
afterAll(() => rmSync(FOLDER, { recursive: true }));

const SOURCE = { what: 'CHAP secret', option: '--chap-secret-file', variable: 'ISCSIDSC_CHAP_SECRET' };

async function read(file: string | undefined, terminal: Terminal = {}): Promise<string> {
  const secret = await readSecret(file, SOURCE, pipe(terminal).io, new AbortController().signal);
  return Buffer.from(secret).toString('latin1');
}

function fileWith(content: string | Uint8Array): string {
  writeFileSync(FILE, content);
  return FILE;
}

const typing = (answer: string) => ({ askSecret: async () => answer });
const never = { askSecret: () => Promise.reject(new Error('It was asked.')) };
const environment = { ISCSIDSC_CHAP_SECRET: 'of the variable' };

describe('a secret', () => {
  it('is what the file has, without the end of the line', async () => {
    const bytes = fc
      .uint8Array({ minLength: 1, maxLength: 40 })
      .filter(
        ([first, second, ...rest]) => ![0xef, 0xff, 0xfe].includes(first ?? 0) && [second, ...rest].at(-1) !== 0x0a,
      );
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom('', '\n', '\r\n'), async (secret, end) => {
        fc.pre(!(end === '\n' && secret.at(-1) === 0x0d) && !(secret.length === 1 && secret[0] === 0x0a));
        const content = Buffer.concat([secret, Buffer.from(end)]);
        const wanted = Buffer.from(secret).toString('latin1');
        expect(await read(fileWith(content), { ...never, environment })).toBe(wanted);
        expect(await read('-', { stdin: Readable.from([content]), environment })).toBe(wanted);
      }),
      { numRuns: 200 },
    );
  });

  it('loses one end of the line, and no blanks', async () => {
    expect(await read(fileWith(' secret \n\n'))).toBe(' secret \n');
    expect(await read(fileWith('0x736563726574'))).toBe('0x736563726574');
  });

  it('of stdin can come in parts', async () => {
    expect(await read('-', { stdin: Readable.from(['init', Buffer.from('iator'), '\n']) })).toBe('initiator');
  });

  it('is that of the variable without a file', async () => {
    expect(await read(undefined, { ...never, environment })).toBe('of the variable');
  });

  it('is asked for without either', async () => {
    expect(await read(undefined, { ...typing('typed'), environment: { ISCSIDSC_CHAP_SECRET: '' } })).toBe('typed');
  });

  it('is asked for in place of a terminal as stdin, which would show it', async () => {
    expect(await read('-', { ...typing('typed'), environment })).toBe('typed');
  });

  it.each<[string, string | undefined, () => Terminal]>([
    [
      'There is no terminal to ask for the CHAP secret on. Give --chap-secret-file FILE, or set ISCSIDSC_CHAP_SECRET.',
      undefined,
      () => ({}),
    ],
    ['No CHAP secret was typed.', undefined, () => typing('')],
    [`There is no CHAP secret in '${FILE}'.`, FILE, () => ({ version: fileWith('\r\n') })],
    [`There is no CHAP secret in '${FILE}'.`, FILE, () => ({ version: fileWith('') })],
    ['There is no CHAP secret in stdin.', '-', () => ({})],
    [`More than 1024 bytes are in '${FILE}': it is no secret.`, FILE, () => ({ version: fileWith('x'.repeat(1025)) })],
    ...['\ufefflooks like ASCII', Buffer.from('\ufeffin UTF-16', 'utf16le'), Buffer.of(0xfe, 0xff, 0, 0x61)].map(
      (content): [string, string, () => Terminal] => [
        `The CHAP secret in '${FILE}' begins with a byte order mark. Save it as plain ASCII text.`,
        FILE,
        () => ({ version: fileWith(content) }),
      ],
    ),
  ])('is refused: %s', async (problem, file, terminal) => {
    await expect(read(file, terminal())).rejects.toThrow(problem);
  });

  it('of a file that is not there is a mistake of the command line', async () => {
    using on = machine();
    const { stderr, status } = await on.run('target login iqn.a --chap-secret-file /no/such/file');
    expect(stderr).toMatch(
      /^iscsidsc: The file that --chap-secret-file names cannot be read: ENOENT: no such file or directory\. See 'iscsidsc help target login'\.\n$/,
    );
    expect(status).toBe(2);
  });

  it('is not shown if it is given as a word of a login', async () => {
    using on = machine();
    for (const line of ['target login iqn.a Xy-7654321', 'portal add 10.0.0.10 --chap-user u Xy-7654321']) {
      const { stdout, stderr, status } = await on.run(line);
      expect(stderr).toMatch(/Unexpected argument: word \d after the command\./);
      expect(stdout + stderr).not.toContain('7654321');
      expect(status).toBe(2);
    }
  });

  it('is never shown, whatever is wrong with it', async () => {
    using on = machine();
    for (const secret of ['not ASCII \u00e9', 'x'.repeat(300)]) {
      for (const json of ['', ' --json']) {
        const line = `portal add 10.0.0.10 --chap-user somebody${json}`;
        const { stdout, stderr, status } = await on.run(line, typing(secret));
        expect(status).not.toBe(0);
        expect(stdout + stderr).not.toContain(secret.slice(0, 9));
      }
    }
  });
});

describe('Ctrl+C', () => {
  it('ends a command that waits for its secret from stdin, with status 130', async () => {
    using on = machine();
    const source = new EventEmitter();
    setTimeout(() => source.emit('SIGINT'), 50);
    const terminal = { stdin: new PassThrough(), interruption: new Interruption(source) };
    const result = await on.run('portal add 10.0.0.10 --chap-secret-file -', terminal);
    expect(result).toEqual({ status: 130, hanging: false, stdout: '', stderr: 'iscsidsc: Interrupted.\n' });
  });

  it('ends one that asks for it', async () => {
    using on = machine();
    const interruption = new Interruption(new EventEmitter());
    const terminal = new FakeTerminal();
    terminal.type('init\x03');
    const result = await on.run('portal add 10.0.0.10 --chap-user u', {
      interruption,
      askSecret: (question, signal) =>
        askSecret(question, terminal, terminal.output, signal, () => interruption.interrupt()),
    });
    expect(result).toEqual({ status: 130, hanging: false, stdout: '', stderr: 'iscsidsc: Interrupted.\n' });
    expect(terminal.shown).toBe('CHAP secret: \n');
    expect(terminal.isRaw).toBe(false);
  });
});

/** What the keys are typed on, and what is to be seen there. */
class FakeTerminal extends PassThrough {
  isRaw = false;
  shown = '';
  readonly output = new PassThrough().setEncoding('utf8').on('data', text => {
    this.shown += text;
  });

  setRawMode(isRaw: boolean): this {
    this.isRaw = isRaw;
    return this;
  }

  type(...keys: (string | Uint8Array)[]): void {
    for (const key of keys) this.write(key);
  }
}

describe('a question for a secret', () => {
  async function answer(...keys: (string | Uint8Array)[]) {
    const terminal = new FakeTerminal();
    const answered = askSecret('Secret: ', terminal, terminal.output, new AbortController().signal, () => {});
    expect(terminal.isRaw).toBe(true);
    terminal.type(...keys);
    const text = await answered;
    return { text, shown: terminal.shown, isRaw: terminal.isRaw, isPaused: terminal.isPaused() };
  }

  it('shows nothing of the answer, and leaves the terminal as it was', async () => {
    expect(await answer('s', 'ecre', 't\r')).toEqual({
      text: 'secret',
      shown: 'Secret: \n',
      isRaw: false,
      isPaused: true,
    });
  });

  it.each<[string, ...(string | Uint8Array)[]]>([
    ['secret', 'secret\n'],
    ['secret', 'secret\x04'],
    ['secret', 'secrey\x7ft\r'],
    ['secret', 'secrey\bt\r'],
    ['secret', '\x7f\x7fsecret\r'],
    ['secret', 'wrong\x15secret\r'],
    ['secret', 'sec\x1b[Dret\x1b[3~\t\r'],
    ['secret', 'secret\rand more'],
    [' a b ', ' a b \r'],
    ['', '\r'],
    ['é😀', Buffer.from('é😀\r').subarray(0, 4), Buffer.from('é😀\r').subarray(4)],
    ['é', 'é😀\x7f\r'],
  ])('is answered with %j by the keys %j', async (text, ...keys) => {
    expect((await answer(...keys)).text).toBe(text);
  });

  it('can follow another one', async () => {
    const terminal = new FakeTerminal();
    const ask = () => askSecret('Secret: ', terminal, terminal.output, new AbortController().signal, () => {});
    const first = ask();
    terminal.type('one\r');
    expect(await first).toBe('one');
    const second = ask();
    terminal.type('two\r');
    expect(await second).toBe('two');
    expect(terminal.isPaused()).toBe(true);
  });

  it('is over at the end of the input', async () => {
    const terminal = new FakeTerminal();
    const answered = askSecret('Secret: ', terminal, terminal.output, new AbortController().signal, () => {});
    terminal.end('secret');
    expect(await answered).toBe('secret');
  });

  it('is over when the signal fires', async () => {
    const terminal = new FakeTerminal();
    const controller = new AbortController();
    const answered = askSecret('Secret: ', terminal, terminal.output, controller.signal, () => {});
    terminal.type('secret');
    setTimeout(() => controller.abort(), 20);
    await expect(answered).rejects.toMatchObject({ code: 'ABORT_ERR' });
    expect(terminal.isRaw).toBe(false);
    await expect(askSecret('Secret: ', terminal, terminal.output, controller.signal, () => {})).rejects.toMatchObject({
      code: 'ABORT_ERR',
    });
    expect(terminal.isRaw).toBe(false);
  });
});
