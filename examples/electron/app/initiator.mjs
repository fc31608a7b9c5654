// @ts-check
import { fileURLToPath } from 'node:url';
import { createInitiatorProcess } from 'iscsidsc/process';

/** @import { Settings } from '../settings.mjs' */

const SIMULATED = fileURLToPath(new URL('../simulated-process.mjs', import.meta.url));
// As it stands in the Task Manager.
const NAME = 'iSCSI calls';

/**
 * The functions of the package in a utility process, so that a call that hangs or crashes can be ended with it.
 *
 * @param {typeof import('electron').utilityProcess} utilityProcess
 * @param {Settings} settings
 */
export function startInitiator(utilityProcess, { simulate, ...behaviour }) {
  return createInitiatorProcess({
    fork: (file, { env }) => {
      const options = { serviceName: NAME, env };
      if (simulate) return utilityProcess.fork(SIMULATED, [JSON.stringify(behaviour)], options);
      return utilityProcess.fork(file, [], options);
    },
  });
}
