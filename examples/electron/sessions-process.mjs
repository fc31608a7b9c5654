// @ts-check
// The utility process: all native calls are made here, and one that hangs holds up nobody else.
import { watchSessions } from 'iscsidsc';
import { createLiveSimulator } from './sessions/live-simulator.mjs';
import { sendRounds } from './sessions/send-rounds.mjs';

const OPTIONS = /** @type {const} */ ({ devices: true, intervalMs: 2000, timeoutMs: 10_000 });
const STEP_MS = 4000;

/** @type {import('./settings.mjs').Settings} */
const { simulate, ...behaviour } = JSON.parse(process.argv[2] ?? '{}');
/** @type {import('iscsidsc/simulator').Simulator | undefined} */
let simulated;

sendRounds(process.parentPort, () => {
  if (!simulate) return watchSessions(OPTIONS);
  simulated ??= startSimulator();
  return watchSessions({ ...OPTIONS, library: simulated });
});

function startSimulator() {
  const { library, step } = createLiveSimulator(behaviour);
  setInterval(step, STEP_MS);
  return library;
}
