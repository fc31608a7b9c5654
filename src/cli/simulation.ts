import type { Library, SessionInfo } from '../index.js';
import type { Simulator } from '../simulator.js';

export interface Simulation {
  readonly library: Library;
  close(): void;
}

/** A simulated machine, kept in a file if `ISCSIDSC_SIMULATED_STATE` names one. Its sessions change every `changeEveryMs` milliseconds, if given. */
export async function openSimulation(changeEveryMs?: number): Promise<Simulation> {
  const { createSimulator } = await import('../simulator.js');
  const stateFile = process.env.ISCSIDSC_SIMULATED_STATE || undefined;
  const library = createSimulator({ stateFile });
  // A machine that others use, too, changes by what they do.
  const changes = changeEveryMs === undefined || stateFile ? undefined : changesOf(library);
  const timer = changes && setInterval(() => changes.next(), changeEveryMs).unref();
  return {
    library,
    close() {
      clearInterval(timer);
      library.dispose();
    },
  };
}

/** Connections are lost and come back, and a session ends and is logged in again, over and over. */
function* changesOf(simulator: Simulator): Generator<void, never> {
  const [first, second, lost, ...others] = simulator.sessions;
  if (!first || !second || !lost) throw new Error('The simulated machine has too few sessions.');
  for (let login = 0; ; login++) {
    const again = login === 0 ? second : { ...second, sessionId: laterId(second.sessionId, login) };
    const next = { ...second, sessionId: laterId(second.sessionId, login + 1) };
    const moments: SessionInfo[][] = [
      [{ ...first, connections: first.connections.slice(0, 1) }, again, lost, ...others],
      [{ ...first, connections: [] }, again, lost, ...others],
      [first, again, lost, ...others],
      [first, lost, ...others],
      [first, lost, ...others, next],
      [first, next, lost, ...others],
    ];
    for (const sessions of moments) {
      simulator.sessions = sessions;
      yield;
    }
  }
}

/** The id of the same target's session after more logins. */
function laterId(id: string, logins: number): string {
  const [adapter, session] = id.split('-');
  return `${adapter}-${(BigInt(`0x${session}`) + BigInt(logins) * 16n).toString(16)}`;
}
