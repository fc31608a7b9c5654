// Runs the program that is named in a worker thread; the process ends as the worker does.
import { Worker } from 'node:worker_threads';

new Worker(new URL(process.argv[2], import.meta.url)).on('exit', status => {
  process.exitCode = status;
});
