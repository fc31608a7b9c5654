import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from './failure.js';
import type { Interruption } from './interruption.js';

// A reader that does not take the rest must not hold up the end.
const FLUSH_MS = 1000;
const GRACE_MS = 100;

/** Ends the process: in its own time, and soon where a native call may hang. */
export async function leave({ status, hanging }: Outcome, outputs: readonly Writable[]): Promise<void> {
  process.exitCode = status;
  if (!hanging) return;
  await Promise.race([Promise.all(outputs.map(flushed)), sleep(FLUSH_MS, undefined, { ref: false })]);
  // Where no call hangs after all, the process ends before this, with its own status.
  setTimeout(endNow, GRACE_MS).unref();
}

/** Takes a reader that has gone away, as in `iscsidsc sessions | more`, for the end of the work and not for a failure. */
export function endWithReader(stdout: Writable, stderr: Writable, interruption: Interruption): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      stderr.write(`iscsidsc: The output cannot be written: ${error.message}\n`, () => process.exit(1));
    } else if (!interruption.interrupt()) process.exit();
  });
  // There is no one left to tell.
  stderr.on('error', () => {});
}

function endNow(): void {
  // On Windows process.exit waits for the native call to return; this does not, and its exit status there is 1.
  if (process.platform === 'win32') process.kill(process.pid, 'SIGKILL');
  else process.exit();
}

function flushed(output: Writable): Promise<void> {
  return new Promise(resolve => output.write('', () => resolve()));
}
