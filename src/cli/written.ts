import type { Output } from './io.js';

/** Writes, and waits until that has gone out: a slow reader must slow the command down, not fill the memory. */
export function written(output: Output, text: string, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done);
    output.write(text, done);
    if (signal.aborted) done();
  });
}
