import type { Tier } from '../windows/tier.mjs';
import type { Effort } from './effort.js';
import type { WindowsCallResult } from './programs/windows-call.js';
import type { WindowsCallsResult } from './programs/windows-calls.js';
import type { Programs } from './programs.js';
import { type Promised, type Row, type Section, sectionOf, sizeRows, timesLess } from './section.js';
import { SIZES } from './sizes.js';
import { FLAT, IMPORT } from './this-platform.js';
import { type Comparison, perSession, takeTurns } from './turns.js';

const AS_C: Readonly<Partial<Record<number, Promised>>> = { 32: { atMost: 1.25 }, 1000: { atMost: 1 } };
const BARE: Promised = { atMost: 1.5 };
const BARE_ASYNC: Promised = { atMost: 1.25 };
// Starting Node.js under Wine takes most of it.
const FEWER_IMPORTS = 3;

/** The installed package in Windows Node.js, with the stand-in DLL. Gives the rows that stand in no section. */
export async function measureWindows(
  programs: Programs,
  tier: Tier,
  effort: Effort,
  show: (section: Section) => void,
): Promise<Row[]> {
  tier.installPackage();
  const windows = new WindowsProcesses(programs, tier, effort);

  const sizes: Comparison[] = [];
  for (const size of SIZES) {
    sizes.push(
      await takeTurns(
        effort.processes,
        () => windows.median(size),
        () => windows.c(size),
      ),
    );
  }
  show(sectionOf('c', sizeRows(sizes, AS_C)));

  const { plain, async, bare, bareAsync } = await windows.node<WindowsCallsResult>(
    'windows-calls',
    JSON.stringify(effort),
  );
  show(sectionOf('plain', sizeRows(plain.map(timesLess))));

  const collected = await takeTurns(
    effort.processes,
    () => windows.mean(1000),
    () => windows.c(1000),
  );
  const growth = await takeTurns(
    effort.processes,
    () => windows.median(1000),
    () => windows.median(8),
  );
  const imports = await takeTurns(
    Math.ceil(effort.imports / FEWER_IMPORTS),
    () => windows.node<number>('import', 'iscsidsc'),
    () => windows.node<number>('import', 'koffi'),
  );
  return [
    { label: 'Windows: the call of 1,000 with garbage collection / C', ...collected },
    { label: 'Windows: the call, a session of 1,000 / of 8', ...perSession(growth, 1000, 8), promise: FLAT },
    { label: "Windows: import 'iscsidsc' / 'koffi'", ...imports, promise: IMPORT },
    { label: 'Windows: async / sync, 8 sessions, stand-in', ...async },
    { label: 'Windows: the call of 0 sessions / the bare Koffi call', ...bare, promise: BARE },
    { label: 'Windows: the async call of 0 sessions / the bare .async', ...bareAsync, promise: BARE_ASYNC },
  ];
}

/** Processes under Wine; each prints JSON. */
class WindowsProcesses {
  readonly #programs: Programs;
  readonly #tier: Tier;
  readonly #effort: Effort;

  constructor(programs: Programs, tier: Tier, effort: Effort) {
    this.#programs = programs;
    this.#tier = tier;
    this.#effort = effort;
  }

  /** The median time of a call of the package, in microseconds: the garbage collector is in few calls, so not in it. */
  async median(size: number): Promise<number> {
    return (await this.#call(size)).median;
  }

  /** The mean, with the garbage collector. */
  async mean(size: number): Promise<number> {
    return (await this.#call(size)).mean;
  }

  /** The median time of a call of the C program, in microseconds. */
  async c(size: number): Promise<number> {
    // About as long as the other side: 1 µs for the call, 0.6 µs for a session. It has nothing to warm up but memory.
    const rounds = Math.ceil((this.#effort.processMs * 1000) / (1 + size * 0.6));
    const printed = await this.#run<{ sessions: number; medianMicroseconds: number }>(size, [String(rounds)], {
      program: this.#tier.bench,
    });
    if (printed.sessions !== size) throw new Error(`the C program had ${printed.sessions} sessions, not ${size}`);
    return printed.medianMicroseconds;
  }

  node<Result>(name: string, ...args: string[]): Promise<Result> {
    return this.#node(0, name, ...args);
  }

  #call(size: number): Promise<WindowsCallResult> {
    return this.#node<WindowsCallResult>(size, 'windows-call', JSON.stringify(this.#effort));
  }

  async #node<Result>(size: number, name: string, ...args: string[]): Promise<Result> {
    const file = await this.#programs.bundle(name, this.#tier.appFolder);
    return this.#run(size, [this.#tier.windowsPath(file), ...args]);
  }

  async #run<Result>(size: number, args: string[], options: { program?: string } = {}): Promise<Result> {
    const env = { ISCSIDSC_STANDIN: `sessions=${size};connections=1` };
    const { status, stdout, stderr } = await this.#tier.run(args, { env, timeoutMs: 300_000, ...options });
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
    return JSON.parse(stdout);
  }
}
