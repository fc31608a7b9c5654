/**
 * Makes a simulator the library that all functions call, unless they are given another:
 * `node --import iscsidsc/simulate app.mjs`.
 *
 * @module iscsidsc/simulate
 */

import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { setDefaultLibrary } from './native/system-library.js';
import { createSimulator } from './simulator.js';

const ANNOUNCED = 'iscsidsc/simulate';

setDefaultLibrary(createSimulator());

// A worker thread inherits --import, and these data: it has a simulator of its own, and says nothing again.
if (getEnvironmentData(ANNOUNCED) === undefined) {
  setEnvironmentData(ANNOUNCED, true);
  process.stderr.write('iscsidsc/simulate: the iSCSI initiator is simulated. No call reaches Windows.\n');
}
