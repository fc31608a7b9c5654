import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** How an example has ended. */
export interface Ended {
  status: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

type Printing = ChildProcessByStdio<null, Readable, Readable>;

/** An example in a process of its own, with what it has printed so far. */
export class Running {
  /** Resolves when nothing is left of it, its children included. */
  readonly ended: Promise<Ended>;
  readonly #child: Printing;
  readonly #lines: AsyncIterator<string>;
  readonly #messages: { called?: string; arranged?: string[] }[] = [];
  readonly #written = { stdout: '', stderr: '' };
  #onNews = (): void => {};

  constructor(node: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
    const child = spawn(node, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    }) as Printing;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', text => {
        this.#written[name] += text;
        this.#onNews();
      });
    }
    child.on('message', message => {
      this.#messages.push(message as { called?: string });
      this.#onNews();
    });
    this.ended = new Promise((resolve, reject) => {
      // Sooner than the test itself, which would leave the process behind.
      const tooLate = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error(`${args.join(' ')} has not ended: ${JSON.stringify(this.#written)}`));
      }, 120_000);
      child.once('error', reject);
      child.once('close', (status, signal) => {
        clearTimeout(tooLate);
        resolve({ status, signal, ...this.#written });
      });
    });
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** The next line of its output. */
  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`no more lines: ${JSON.stringify(await this.ended)}`);
    return value;
  }

  async lines(count: number): Promise<string[]> {
    const lines: string[] = [];
    while (lines.length < count) lines.push(await this.line());
    return lines;
  }

  /** The exports that have been called so far. */
  get calls(): string[] {
    return this.#messages.flatMap(({ called }) => called ?? []);
  }

  /** Resolves when so many calls have been made. */
  async called(count: number): Promise<void> {
    await this.#until(() => this.calls.length >= count);
  }

  /** Resolves when this is on its stderr. */
  async says(text: string): Promise<void> {
    await this.#until(() => this.#written.stderr.includes(text));
  }

  /** Changes its simulator. What has happened before that is known afterwards. */
  async arrange(change: object): Promise<void> {
    const answers = () => this.#messages.filter(({ arranged }) => arranged).length;
    const before = answers();
    this.#child.send(change);
    await this.#until(() => answers() > before);
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Reads no more of what it prints. */
  stopReading(): void {
    this.#child.stdout.destroy();
  }

  async #until(happened: () => boolean): Promise<void> {
    while (!happened()) {
      await new Promise<void>(resolve => {
        this.#onNews = resolve;
      });
    }
  }
}
