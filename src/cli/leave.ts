import type { Writable } from 'node:stream';
import type { Outcome } from './failure.js';

/** Ends the process: in its own time, or at once where a native call may hang. */
export async function leave({ status, hanging }: Outcome, outputs: readonly Writable[]): Promise<void> {
  process.exitCode = status;
  if (!hanging) return;
  await Promise.all(outputs.map(flushed));
  // On Windows process.exit waits for the native call to return; this does not, and its exit status there is 1.
  if (process.platform === 'win32') process.kill(process.pid, 'SIGKILL');
  else process.exit();
}

/** Takes a reader that has gone away, as in `iscsidsc sessions | more`, for the end of the work and not for a failure. */
export function endWithReader(stdout: Writable, stderr: Writable): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    stderr.write(`iscsidsc: The output cannot be written: ${error.message}\n`, () => process.exit(1));
  });
  // There is no one left to tell.
  stderr.on('error', () => {});
}

function flushed(output: Writable): Promise<void> {
  return new Promise(resolve => output.write('', () => resolve()));
}
