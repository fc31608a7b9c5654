import type { AsyncOptions } from '../index.js';
import { warningReporter } from './failure.js';
import type { Io } from './io.js';
import type { Values } from './options.js';
import { SECONDS } from './seconds.js';

/** The options of every command that asks the initiator. */
export const CALL_OPTIONS = {
  json: { help: 'Print JSON; errors are JSON too' },
  simulate: { help: 'Ask the simulator, which works on any platform' },
  ansi: { help: 'Call the ANSI form of the function (A, not W)' },
  timeout: { help: 'Give up after so long, 0.5 for instance', ...SECONDS },
} as const;

const SIMULATED = "The sessions are simulated: they are not this machine's.\n";

/** Runs the action with the options of the library's functions that the command line asks for. */
export async function withCallOptions<Result>(
  { json, simulate, ansi, timeout }: Values<typeof CALL_OPTIONS>,
  io: Io,
  action: (options: AsyncOptions) => Promise<Result>,
): Promise<Result> {
  const options: AsyncOptions = {
    charset: ansi ? 'ansi' : 'unicode',
    onWarning: warningReporter(json === true, io.stderr),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(io.library === undefined ? {} : { library: io.library }),
  };
  if (!simulate) return action(options);
  const { createSimulator } = await import('../simulator.js');
  const library = createSimulator();
  try {
    (json ? io.stderr : io.stdout).write(SIMULATED);
    return await action({ ...options, library });
  } finally {
    library.dispose();
  }
}
