import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle } from '../bundle.mjs';

const run = promisify(execFile);

/** The programs of programs/: each prints JSON, and runs in a process of its own. */
export class Programs {
  readonly #project: string;
  readonly #folder: string;
  readonly #bundled = new Map<string, Promise<string>>();

  constructor(project: string) {
    this.#project = project;
    this.#folder = join(project, 'test/bench');
  }

  /** Bundles a program into a folder where the package is found by its name; gives the path. */
  bundle(name: string, folder: string): Promise<string> {
    const outfile = join(folder, `bench-${name}.mjs`);
    let bundled = this.#bundled.get(outfile);
    if (bundled === undefined) {
      bundled = bundle(join(this.#folder, 'programs', `${name}.ts`), outfile);
      this.#bundled.set(outfile, bundled);
    }
    return bundled;
  }

  /** Runs a program in this Node, with the built package: inside the project, its name means its own dist/. */
  async run<Result>(name: string, ...args: string[]): Promise<Result> {
    const file = await this.bundle(name, join(this.#folder, 'dist'));
    const { stdout } = await run(process.execPath, [file, ...args]);
    return JSON.parse(stdout);
  }

  /** How long a process of this Node takes from its start to its end, in the project's folder, in microseconds. */
  async process(...args: string[]): Promise<number> {
    const began = performance.now();
    await run(process.execPath, args, { cwd: this.#project });
    return (performance.now() - began) * 1000;
  }
}
