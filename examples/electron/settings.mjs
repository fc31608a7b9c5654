// @ts-check
import { parseArgs } from 'node:util';

/** @typedef {{ simulate: boolean, status?: string, delayMs?: number }} Settings */

/**
 * What the command line says. Away from Windows there is only the simulator.
 *
 * @param {string[]} argv
 * @param {NodeJS.Platform} platform
 * @returns {Settings}
 */
export function readSettings(argv, platform) {
  // Not strict: Electron's and Chromium's own switches are there, too.
  const { values } = parseArgs({ args: argv, strict: false });
  /** @type {Settings} */
  const settings = { simulate: platform !== 'win32' || values.simulate === true };
  if (typeof values.status === 'string') settings.status = values.status;
  if (typeof values['delay-ms'] === 'string') settings.delayMs = Number(values['delay-ms']);
  return settings;
}
