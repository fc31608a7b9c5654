// @ts-check
// The utility process: all native calls are made here, and one that hangs holds up nobody else.
import { describeSessions } from 'iscsidsc';
import { answer } from './sessions/answer.mjs';
import { createLiveSimulator } from './sessions/live-simulator.mjs';

const CALL_MS = 10_000;
const STEP_MS = 4000;

/** @type {import('./settings.mjs').Settings} */
const { simulate, ...behaviour } = JSON.parse(process.argv[2] ?? '{}');
/** @type {import('iscsidsc/simulator').Simulator | undefined} */
let simulated;

answer(process.parentPort, {
  sessions() {
    if (!simulate) return describeSessions({ timeoutMs: CALL_MS });
    simulated ??= startSimulator();
    return describeSessions({ timeoutMs: CALL_MS, library: simulated });
  },
});

function startSimulator() {
  const { library, step } = createLiveSimulator(behaviour);
  setInterval(step, STEP_MS);
  return library;
}
