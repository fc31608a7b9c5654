// Names no library: `--import iscsidsc/simulate` does, in a worker thread, too.
import { isMainThread, Worker } from 'node:worker_threads';
import { getIScsiSessionList, getIScsiSessionListSync, logoutIScsiTarget } from 'iscsidsc';
import { GetIScsiSessionListW, systemLibrary } from 'iscsidsc/raw';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';

const [{ sessionId }] = await getIScsiSessionList();
if (isMainThread) {
  // The worker has a simulator of its own, in which nobody has logged out.
  await logoutIScsiTarget(sessionId);
  await new Promise((resolve, reject) => {
    new Worker(new URL(import.meta.url)).on('error', reject).on('exit', resolve);
  });
}
const [size, count] = [new Uint32Array([1 << 20]), new Uint32Array(1)];
const status = GetIScsiSessionListW(size, count, Buffer.alloc(size[0]));
const other = createSimulator({ sessions: exampleSessions(7) });
const lengths = [getIScsiSessionListSync(), getIScsiSessionListSync({ library: other })].map(({ length }) => length);
other.dispose();
process.stdout.write(`${JSON.stringify([systemLibrary().name, status, count[0], ...lengths])}\n`);
