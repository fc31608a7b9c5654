import { main } from '../../src/cli/main.js';
import type { Library } from '../../src/index.js';
import { createSimulator, type SimulatorOptions } from '../../src/simulator.js';

export interface Terminal {
  library?: Library;
  columns?: number;
  colour?: boolean;
}

/** Runs the command line in this process, as in a pipe unless told otherwise. */
export async function run(argv: readonly string[], { colour = false, ...terminal }: Terminal = {}) {
  let stdout = '';
  let stderr = '';
  const outcome = await main(argv, {
    stdout: { write: text => (stdout += text) },
    stderr: { write: text => (stderr += text) },
    colour,
    version: '1.2.3',
    ...terminal,
  });
  return { ...outcome, stdout, stderr };
}

/** Runs `iscsidsc sessions` on a simulated machine. */
export async function runSessions(
  machine: SimulatorOptions,
  argv: readonly string[] = [],
  terminal: Omit<Terminal, 'library'> = {},
) {
  const library = createSimulator(machine);
  try {
    return await run(['sessions', ...argv], { ...terminal, library });
  } finally {
    library.dispose();
  }
}
