import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Makes a folder under another name and renames it when it is complete. */
export function makeFolder(folder, maker) {
  mkdirSync(dirname(folder), { recursive: true });
  removeDeadDrafts(folder);
  if (existsSync(folder)) return;
  const draft = `${folder}.draft-${process.pid}`;
  mkdirSync(draft);
  try {
    maker(draft);
    renameSync(draft, folder);
  } catch (error) {
    // Another run of this script was quicker.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** What runs that were killed have left. */
function removeDeadDrafts(folder) {
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.draft-`) || isRunning(Number(name.split('-').pop()))) continue;
    rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

/** Whether there is such a process. */
export function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
