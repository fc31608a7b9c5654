// Imports and requires every entry, and tells which libraries were loaded meanwhile.
import { createRequire } from 'node:module';
import koffi from 'koffi';

const require = createRequire(import.meta.url);
const loaded = [];
for (const copy of new Set([koffi, require('koffi')])) {
  const { load } = copy;
  copy.load = (...args) => {
    loaded.push(args[0]);
    return load(...args);
  };
}
if (process.argv.includes('--as-windows')) Object.defineProperty(process, 'platform', { value: 'win32' });

const entries = {};
for (const entry of ['iscsidsc', 'iscsidsc/raw', 'iscsidsc/simulator']) {
  const esm = Object.keys(await import(entry)).sort();
  const cjs = Object.keys(require(entry)).sort();
  entries[entry] = esm.length > 0 && esm.join() === cjs.join() ? 'the same in both forms' : { esm, cjs };
}
entries['iscsidsc/package.json'] = require('iscsidsc/package.json').version;
const atImport = [...loaded];

// And then a call, which loads for sure where there is something to load.
const { getIScsiSessionListSync } = await import('iscsidsc');
let code;
try {
  getIScsiSessionListSync();
} catch (error) {
  code = error.code ?? error.message;
}
process.stdout.write(JSON.stringify({ entries, atImport, atCall: loaded, code }));
