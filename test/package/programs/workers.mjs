// Several threads call at once, each with a simulator of its own, so many rounds as are asked for; the threads and the
// process end by themselves.
import { isMainThread, Worker } from 'node:worker_threads';
import { getIScsiSessionList, getIScsiSessionListSync } from 'iscsidsc';
import { createSimulator, exampleSessions } from 'iscsidsc/simulator';

const WORKERS = 4;
const rounds = Number(process.argv[2]);

const ends = isMainThread
  ? Array.from({ length: WORKERS }, () => finished(new Worker(new URL(import.meta.url), { argv: [rounds] })))
  : [];
const sessions = exampleSessions(300, { connections: 2 });
const expected = JSON.stringify(sessions);
const library = createSimulator({ sessions });
for (let round = 0; round < rounds; round++) {
  const lists = [
    getIScsiSessionListSync({ library }),
    getIScsiSessionListSync({ library, charset: 'ansi' }),
    ...(await Promise.all([getIScsiSessionList({ library }), getIScsiSessionList({ library, charset: 'ansi' })])),
  ];
  if (lists.some(list => JSON.stringify(list) !== expected)) throw new Error('a list is not whole');
}
await Promise.all(ends);
// The pointers of the workers go with them, those of this thread with the process.
if (isMainThread) process.stdout.write('all whole');

function finished(worker) {
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', status => (status === 0 ? resolve() : reject(new Error(`a worker ended with ${status}`))));
  });
}
