// @ts-check
// The utility process of a simulated initiator: the same functions, with another library.
import { serveInitiatorProcess } from 'iscsidsc/process';
import { createLiveMachine } from './simulated/live-machine.mjs';

const STEP_MS = 6000;

const { library, step } = createLiveMachine(JSON.parse(process.argv[2] ?? '{}'));
setInterval(step, STEP_MS).unref();
serveInitiatorProcess({ library });
