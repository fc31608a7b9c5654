import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as iscsidsc from 'iscsidsc';
import { PROJECT } from './project.js';
import { publicFunctions } from './public-surface.js';

const DIST = pathToFileURL(`${PROJECT}dist/`);

/**
 * A folder as a reader of the docs has one, with the built package in its node_modules. Where a program names no
 * library, it gets a simulator in place of Windows' DLL: so the programs of the docs run as they stand.
 */
export class ReaderFolder implements Disposable {
  // Inside the project, where the packages are that a program may need besides.
  readonly path = mkdtempSync(`${PROJECT}test/docs/.run-`);

  constructor() {
    this.write('package.json', JSON.stringify({ type: 'module' }));
    // Without one, Vitest would take that of this project.
    this.write('vitest.config.js', 'export default {};\n');
    const entries = { '.': './index.js', './raw': './raw.js', './simulator': './simulator.js' };
    this.write('node_modules/iscsidsc/package.json', JSON.stringify({ type: 'module', exports: entries }));
    for (const entry of ['raw', 'simulator']) {
      this.write(`node_modules/iscsidsc/${entry}.js`, `export * from '${DIST}${entry}.js';\n`);
    }
    this.write('node_modules/iscsidsc/index.js', simulatedEntry());
    this.write('parent-port.cjs', PARENT_PORT);
    this.write('parent-port.d.ts', PARENT_PORT_TYPES);
  }

  /** Writes a file, and gives its path. */
  write(name: string, text: string): string {
    const file = `${this.path}/${name}`;
    mkdirSync(file.slice(0, file.lastIndexOf('/')), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}

// What a utility process of Electron has, as much as README.md needs: a main process that asks once.
const PARENT_PORT = `process.parentPort = {
  on: (event, listener) => setImmediate(listener, { data: 1 }),
  postMessage: message => console.log(structuredClone(message)),
};
`;
const PARENT_PORT_TYPES = `declare namespace NodeJS {
  interface Process {
    parentPort: {
      on(event: 'message', listener: (event: { data: number }) => void): void;
      postMessage(message: unknown): void;
    };
  }
}
`;

function simulatedEntry(): string {
  const asking = publicFunctions()
    .map(({ name }) => name)
    .filter(name => !/UniqueId$/.test(name));
  const names = Object.keys(iscsidsc).filter(name => !asking.includes(name));
  return [
    `import * as iscsidsc from '${DIST}index.js';`,
    `import { createSimulator } from '${DIST}simulator.js';`,
    'const library = createSimulator();',
    "process.once('exit', () => library.dispose());",
    // The options are the last parameter.
    'const asking = fn => (...args) => {',
    '  args[fn.length - 1] = { library, ...args[fn.length - 1] };',
    '  return fn(...args);',
    '};',
    `export { ${names.join(', ')} } from '${DIST}index.js';`,
    ...asking.map(name => `export const ${name} = asking(iscsidsc.${name});`),
    '',
  ].join('\n');
}
