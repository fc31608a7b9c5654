import { Bench, type Task } from 'tinybench';
import type { Effort } from './effort.js';
import { type Comparison, takeTurns } from './turns.js';

export type Call = { sync: () => unknown } | { async: () => Promise<unknown> };

// Many times what the clock takes itself.
const SAMPLE_MS = 0.1;

/** Compares two calls in this process. Times are in microseconds. */
export async function compare(mine: Call, other: Call, effort: Effort): Promise<Comparison> {
  const [first, second] = [new Side(mine), new Side(other)];
  const quicker = Math.min(await first.warmUp(effort), await second.warmUp(effort));
  // As many calls on both sides: by time alone, the slower one would seldom meet the garbage collector.
  const calls = Math.max(1, Math.round((effort.batchMs * 1000) / quicker));
  return takeTurns(
    effort.rounds,
    () => first.batch(calls),
    () => second.batch(calls),
  );
}

class Side {
  readonly #call: Call;
  /** Calls of one sample. */
  #calls = 1;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Gives about how long a call takes. */
  async warmUp({ warmupMs, batchMs }: Effort): Promise<number> {
    await this.#measure({ time: warmupMs, iterations: 1 });
    const microseconds = await this.#measure({ time: batchMs, iterations: 1 });
    this.#calls = Math.max(1, Math.round((SAMPLE_MS * 1000) / microseconds));
    // The loop of so many calls is to be warm as well.
    return this.#measure({ time: batchMs, iterations: 1 });
  }

  batch(calls: number): Promise<number> {
    return this.#measure({ time: 0, iterations: Math.max(1, Math.round(calls / this.#calls)) });
  }

  /** The mean of a batch: what a call leaves to the garbage collector is part of what it costs. */
  async #measure(length: { time: number; iterations: number }): Promise<number> {
    const bench = new Bench({ ...length, warmup: false, throws: true });
    const call = this.#call;
    let kept: unknown;
    let tasks: Task[];
    if ('sync' in call) {
      bench.add('batch', () => {
        for (let calls = 0; calls < this.#calls; calls++) kept = call.sync();
      });
      tasks = bench.runSync();
    } else {
      bench.add('batch', async () => {
        for (let calls = 0; calls < this.#calls; calls++) kept = await call.async();
      });
      tasks = await bench.run();
    }
    const result = tasks[0]?.result;
    if (result?.state !== 'completed' || kept === undefined) throw new Error('the batch was not measured');
    return (result.latency.mean * 1000) / this.#calls;
  }
}
