/**
 * Makes a simulator the library that all functions call, unless they are given another:
 * `node --import iscsidsc/simulate app.mjs`. The environment variable `ISCSIDSC_SIMULATED_STATE` can name a file that keeps
 * the simulated machine from process to process.
 *
 * @module iscsidsc/simulate
 */

import { writeSync } from 'node:fs';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { setDefaultLibrary } from './native/system-library.js';
import { createSimulator } from './simulator.js';

const ANNOUNCED = 'iscsidsc/simulate';

setDefaultLibrary(createSimulator({ stateFile: process.env.ISCSIDSC_SIMULATED_STATE || undefined }));

// A worker thread inherits --import, and these data: it has a simulator of its own, and says nothing again. The same holds
// for the child of an initiator process.
if (getEnvironmentData(ANNOUNCED) === undefined && process.env.ISCSIDSC_INITIATOR_PROCESS === undefined) {
  setEnvironmentData(ANNOUNCED, true);
  try {
    writeSync(2, 'iscsidsc/simulate: the iSCSI initiator is simulated. No call reaches Windows.\n');
  } catch {
    // Nobody reads stderr, which must not end the program.
  }
}
