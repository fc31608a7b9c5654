import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import type { SimulatorOptions } from 'iscsidsc/simulator';
import { type Ended, Running } from './running.js';

/** The machine that an example finds with `--simulate`. */
export interface Machine extends SimulatorOptions {
  /** The process that calls the initiator dies of it. */
  crash?: boolean;
  /** It tells the test of its calls, by messages, and can be changed by them; or on stderr. */
  tells?: 'by messages' | 'on stderr';
}

const at = (path: string) => new URL(`../../${path}`, import.meta.url);
const EXAMPLES = fileURLToPath(at('examples'));

/** Every example that is one file. */
export const EXAMPLE_NAMES = readdirSync(EXAMPLES).filter(name => /\.m?[jt]s$/.test(name));

/** A user's project outside of this one: the examples are copied into it, and the package is found by its name. */
export class UsersProject {
  readonly #folder = mkdtempSync(join(tmpdir(), 'iscsidsc-examples-'));

  constructor() {
    for (const name of EXAMPLE_NAMES) copyFileSync(join(EXAMPLES, name), join(this.#folder, name));
    writeFileSync(join(this.#folder, 'package.json'), JSON.stringify({ type: 'module' }));
    const folder = join(this.#folder, 'node_modules/iscsidsc');
    mkdirSync(folder, { recursive: true });
    const files = {
      'package.json': JSON.stringify({
        type: 'module',
        exports: { '.': './index.js', './simulator': './simulator.js' },
      }),
      'index.js': `export * from '${at('dist/index.js')}';`,
      'simulator.js': `export * from '${at('test/examples/programs/arranged-simulator.mjs')}';`,
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const telemetry = realpathSync(fileURLToPath(at('node_modules/@opentelemetry')));
    symlinkSync(telemetry, join(this.#folder, 'node_modules/@opentelemetry'), 'junction');
  }

  start(example: string, args: readonly string[] = [], machine: Machine = {}, node = process.execPath): Running {
    const file = node === process.execPath ? this.#runnable(example) : example;
    return new Running(node, [file, ...args], this.#folder, {
      ...process.env,
      ARRANGED_SIMULATOR: JSON.stringify(machine),
    });
  }

  run(...given: Parameters<UsersProject['start']>): Promise<Ended> {
    return this.start(...given).ended;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** Node 20 does not run TypeScript. */
  #runnable(example: string): string {
    if (!example.endsWith('.ts')) return example;
    const name = `${basename(example, '.ts')}-without-types.mjs`;
    const { code } = transformSync(readFileSync(join(EXAMPLES, example), 'utf8'), { loader: 'ts', target: 'node20' });
    writeFileSync(join(this.#folder, name), code);
    return name;
  }
}
