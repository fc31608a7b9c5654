import { getIScsiSessionListSync } from 'iscsidsc';
import { Bench } from 'tinybench';
import type { Effort } from '../effort.js';

export interface WindowsCallResult {
  median: number;
  mean: number;
}

// Prints what a call takes in microseconds: the median of single calls, as the C program does, and the mean.
const { warmupMs, processMs } = JSON.parse(process.argv[2] as string) as Effort;
const bench = new Bench({ warmupTime: warmupMs, time: processMs, throws: true });
const [task] = bench.add('call', () => getIScsiSessionListSync()).runSync();
if (task?.result.state !== 'completed') throw new Error('the call was not measured');
const { p50, mean } = task.result.latency;
const result: WindowsCallResult = { median: p50 * 1000, mean: mean * 1000 };
process.stdout.write(JSON.stringify(result));
