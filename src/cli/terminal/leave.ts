import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from '../failure.js';
import type { Interruption } from './interruption.js';

// A reader that does not take the rest must not hold up the end.
const FLUSH_MS = 1000;
const GRACE_MS = 100;

/** Ends the process: in its own time, or soon if a native call may still run. */
export async function leave({ status, hanging }: Outcome, outputs: readonly Writable[]): Promise<void> {
  process.exitCode = status;
  if (!hanging) return;
  await Promise.race([Promise.all(outputs.map(flushed)), sleep(FLUSH_MS, undefined, { ref: false })]);
  // If no call runs after all, the process ends before this.
  setTimeout(endNow, GRACE_MS, status).unref();
}

/** Takes a reader that has gone away, as in `iscsidsc sessions | more`, for the end of the work and not for a failure. */
export function endWithReader(stdout: Writable, stderr: Writable, interruption: Interruption): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      stderr.write(`iscsidsc: The output cannot be written: ${error.message}\n`, () => process.exit(1));
    } else if (!interruption.readerGone()) process.exit();
  });
  // Nobody is left to tell.
  stderr.on('error', () => {});
}

async function endNow(status: number): Promise<void> {
  // On Windows, process.exit() waits for the native call to return.
  if (process.platform !== 'win32') process.exit();
  await terminate(status).catch(() => {});
  // The same, but always with status 1.
  process.kill(process.pid, 'SIGKILL');
}

const CURRENT_PROCESS = -1;

/** https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-terminateprocess */
async function terminate(status: number): Promise<void> {
  const { default: koffi } = await import('koffi');
  koffi.load('kernel32.dll').func('int __stdcall TerminateProcess(intptr_t, uint32_t)')(CURRENT_PROCESS, status);
}

function flushed(output: Writable): Promise<void> {
  return new Promise(resolve => output.write('', () => resolve()));
}
