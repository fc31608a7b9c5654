// Leaves while calls run, in one of several ways.
import { Worker } from 'node:worker_threads';
import { getIScsiSessionList, getIScsiSessionListSync } from 'iscsidsc';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';

const [, , way = 'exit', delay = '0'] = process.argv;
const library = createSimulator({ sessions: exampleSessions(500), behaviour: { delayMs: Number(delay) } });
const other = createSimulator();
getIScsiSessionListSync({ library: other });
const lists = Array.from({ length: 5 }, () => getIScsiSessionList({ library }));
for (const list of lists) list.catch(() => {});

const ways = {
  exit: () => process.exit(7),
  'exit-later': () => setImmediate(() => process.exit(7)),
  dispose: () => {
    library.dispose();
    process.exit(7);
  },
  throw: () => {
    process.once('uncaughtException', () => process.exit(7));
    throw new Error('thrown while calls run');
  },
  end: async () => {
    await Promise.all(lists);
    process.exitCode = 7;
  },
  'terminate-worker': async () => {
    const worker = new Worker(new URL(import.meta.url), { argv: ['hang', delay] });
    await new Promise(resolve => worker.once('message', resolve));
    await worker.terminate();
    process.exit(7);
  },
  hang: async () => {
    const { parentPort } = await import('node:worker_threads');
    parentPort?.postMessage('calls run');
  },
};
await ways[way]();
