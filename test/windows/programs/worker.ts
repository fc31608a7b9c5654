import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isMainThread, Worker } from 'node:worker_threads';
import { getIScsiSessionList, getIScsiSessionListSync } from 'iscsidsc';
import { arrangeStandIn } from './stand-in.js';

const WORKERS = 4;
const ROUNDS = 50;

// Several threads call at once; each imports the package and requires it. The process then ends by itself.
void run();

async function run(): Promise<void> {
  if (isMainThread) {
    arrangeStandIn({ sessions: 300, connections: 2 });
    const program = process.argv[1] as string;
    await Promise.all(Array.from({ length: WORKERS }, () => finished(new Worker(program))));
  }
  const require = createRequire(join(process.cwd(), 'x.js'));
  const commonJs = require('iscsidsc') as typeof import('iscsidsc');
  for (let round = 0; round < ROUNDS; round++) {
    const lists = [
      getIScsiSessionListSync(),
      commonJs.getIScsiSessionListSync({ charset: 'ansi' }),
      ...(await Promise.all([getIScsiSessionList(), commonJs.getIScsiSessionList()])),
    ];
    if (lists.some(list => list.length !== 300)) throw new Error('a list is not whole');
  }
  if (isMainThread) process.stdout.write('all whole');
}

function finished(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', status => (status === 0 ? resolve() : reject(new Error(`worker ended with ${status}`))));
  });
}
