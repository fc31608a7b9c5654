import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '../bundle.mjs';
import type { RunOptions, RunResult, Tier } from './tier.mjs';

const PROGRAMS = fileURLToPath(new URL('programs', import.meta.url));

/** Programs that run in Windows Node, in the folder where the package is installed from its tarball. */
export class App {
  readonly #tier: Tier;

  constructor(tier: Tier) {
    this.#tier = tier;
    tier.installPackage();
  }

  /** Bundles a program of programs/ for Windows Node; the package stays outside, to be found where it is installed. */
  async program(name: string): Promise<string> {
    const file = `${name}.mjs`;
    const outfile = join(this.#tier.appFolder, file);
    // Other test files may have it running, or make it, too.
    const draft = await bundle(join(PROGRAMS, `${name}.ts`), `${outfile}.draft-${process.pid}`);
    renameSync(draft, outfile);
    return file;
  }

  run(args: string[], options?: RunOptions): Promise<RunResult> {
    return this.#tier.run(args, options);
  }

  read(name: string): string {
    return readFileSync(join(this.#tier.appFolder, name), 'utf8');
  }
}
