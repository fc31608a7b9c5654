// The package in a context of node:vm, as test runners load it: its errors are none of the outer Error.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname } = require('node:path');
const vm = require('node:vm');

const context = vm.createContext({
  process,
  Buffer,
  setTimeout,
  setImmediate,
  clearTimeout,
  AbortController,
  performance,
});
const loaded = new Map();

function load(path) {
  if (!loaded.has(path)) {
    const module = { exports: {} };
    loaded.set(path, module);
    const within = createRequire(path);
    const own = name => (/^[.]|^iscsidsc/.test(name) ? load(within.resolve(name)) : within(name));
    const wrapper = `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, 'utf8')}\n})`;
    vm.runInContext(wrapper, context)(module.exports, own, module, path, dirname(path));
  }
  return loaded.get(path).exports;
}

const { getIScsiSessionListSync, StatusError } = load(require.resolve('iscsidsc'));
const { createSimulator } = load(require.resolve('iscsidsc/simulator'));
if (Object.create(StatusError.prototype) instanceof Error) throw new Error('it is not in a context of its own');
process.once('warning', ({ name, code }) => process.stdout.write(` ${name} ${code}`));
const library = createSimulator({ behaviour: { status: 'ISDSC_OPERATION_REQUIRES_REBOOT' } });
process.stdout.write(`${getIScsiSessionListSync({ library }).length}`);
library.dispose();
