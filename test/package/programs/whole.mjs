// The package in every way at once: as ESM and as CommonJS, in this thread and in worker threads. Each prints a line, and
// they must be the same module: a class of errors, and what is known of a library, are there once.
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

const require = createRequire(import.meta.url);
for (const entry of ['iscsidsc', 'iscsidsc/raw', 'iscsidsc/simulator']) {
  const [esm, commonjs] = [await import(entry), require(entry)];
  for (const name of Object.keys(esm)) if (commonjs[name] !== esm[name]) throw new Error(`two copies of ${name}`);
}
for (const program of ['./esm.mjs', './commonjs.cjs']) {
  await import(program);
  await new Promise((resolve, reject) => {
    new Worker(new URL(program, import.meta.url)).on('error', reject).on('exit', resolve);
  });
}
