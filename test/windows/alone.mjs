import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isRunning } from '../package/made-folder.mjs';

/** Does something while no other process does: test files run side by side. The file names the process that does. */
export function alone(file, action) {
  while (!take(file)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  try {
    return action();
  } finally {
    rmSync(file);
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isOfADeadProcess(file)) rmSync(file, { force: true });
    return false;
  }
}

function isOfADeadProcess(file) {
  try {
    const pid = readFileSync(file, 'utf8');
    return pid !== '' && !isRunning(Number(pid));
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}
