/** What has become of the memory. */
export interface Verdict {
  flat: boolean;
  grownBytes: number;
}

/** How many equal parts a soak has. */
export const STEPS = 100;

const MIB = 1024 * 1024;

// Resident memory is measured after each of 100 equal steps, after a garbage collection where there is one to call.
// The first 40 steps warm up: code is compiled, heaps and pools find their size. It is flat when the median of the last
// 20 steps is at most 8 MiB above the median of the first 20 after the warm-up: more than the noise of a process, which
// is a megabyte or two. Between these two lie 40 % of all steps. With the 1,100,000 lists of the long form that is 19
// bytes a list, less than the smallest thing that could leak.
const WARM_UP = 40;
const WINDOW = 20;
const MOST_GROWTH = 8 * MIB;

/** Resident memory over the steps of a soak. */
export class ResidentMemory {
  readonly #what: string;
  readonly #say: (line: string) => void;
  readonly #samples: number[] = [];

  constructor(what: string, say: (line: string) => void) {
    this.#what = what;
    this.#say = say;
  }

  /** Call it at the end of each step. */
  measure(): void {
    globalThis.gc?.();
    const bytes = process.memoryUsage.rss();
    const steps = this.#samples.push(bytes);
    if (steps % 10 === 0) this.#say(`${this.#what}: ${steps} % done, ${mib(bytes)} resident`);
  }

  judge(): Verdict {
    const before = median(this.#samples.slice(WARM_UP, WARM_UP + WINDOW));
    const after = median(this.#samples.slice(-WINDOW));
    const grownBytes = after - before;
    const flat = grownBytes <= MOST_GROWTH;
    const verdict = `${flat ? 'flat' : 'NOT FLAT'} (at most ${mib(MOST_GROWTH)} more)`;
    this.#say(`${this.#what}: ${mib(before)} after the warm-up, ${mib(after)} at the end: ${verdict}`);
    return { flat, grownBytes };
  }
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function mib(bytes: number): string {
  return `${(bytes / MIB).toFixed(1)} MiB`;
}
