// The package in a context of node:vm, as test runners load ES modules: its errors are none of the outer Error.
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const context = vm.createContext({
  process,
  Buffer,
  setTimeout,
  setImmediate,
  clearTimeout,
  AbortController,
  performance,
  structuredClone,
  URL,
});
const loaded = new Map();

function load(url) {
  if (!loaded.has(url)) {
    loaded.set(
      url,
      new vm.SourceTextModule(readFileSync(fileURLToPath(url), 'utf8'), {
        context,
        identifier: url,
        initializeImportMeta: meta => {
          meta.url = url;
        },
      }),
    );
  }
  return loaded.get(url);
}

// Not async: Node.js 22.12.0 crashed with a linker that waits.
function builtin(name) {
  if (!loaded.has(name)) {
    const outer = process.getBuiltinModule(name);
    const exported = { ...outer, default: outer };
    loaded.set(
      name,
      new vm.SyntheticModule(
        Object.keys(exported),
        function () {
          for (const key of Object.keys(exported)) this.setExport(key, exported[key]);
        },
        { context },
      ),
    );
  }
  return loaded.get(name);
}

async function entry(name) {
  const module = load(import.meta.resolve(name));
  await module.link((imported, from) =>
    isBuiltin(imported) ? builtin(imported) : load(new URL(imported, from.identifier).href),
  );
  await module.evaluate();
  return module.namespace;
}

const { getIScsiSessionListSync, StatusError } = await entry('iscsidsc');
const { createSimulator } = await entry('iscsidsc/simulator');
if (Object.create(StatusError.prototype) instanceof Error) throw new Error('it is not in a context of its own');
process.on('warning', ({ name, code }) => {
  // Node warns of these modules themselves.
  if (name !== 'ExperimentalWarning') process.stdout.write(` ${name} ${code}`);
});
const library = createSimulator({ behaviour: { status: 'ISDSC_OPERATION_REQUIRES_REBOOT' } });
process.stdout.write(`${getIScsiSessionListSync({ library }).length}`);
library.dispose();
