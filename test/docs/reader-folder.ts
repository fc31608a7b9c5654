import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { PROJECT } from './project.js';

/** A folder as a reader of the docs has one, with the built package in its node_modules. */
export class ReaderFolder implements Disposable {
  // Inside the project, where the packages are that a program may need besides.
  readonly path = mkdtempSync(`${PROJECT}test/docs/.run-`);

  constructor() {
    this.write('package.json', JSON.stringify({ type: 'module' }));
    // Without one, Vitest would take that of this project.
    this.write('vitest.config.js', 'export default {};\n');
    this.write('node_modules/iscsidsc/package.json', readFileSync(`${PROJECT}package.json`, 'utf8'));
    symlinkSync(`${PROJECT}dist`, `${this.path}/node_modules/iscsidsc/dist`, 'junction');
    this.write('parent-port.cjs', PARENT_PORT);
    this.write('node_modules/electron/package.json', JSON.stringify({ type: 'module', exports: './electron.js' }));
    this.write('node_modules/electron/electron.js', ELECTRON);
    this.write('node_modules/electron/electron.d.ts', ELECTRON_TYPES);
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

// What a utility process of Electron has, as much as docs/process.md needs: a main process that asks once.
const PARENT_PORT = `process.parentPort = {
  on: (event, listener) => setImmediate(listener, { data: 1 }),
  postMessage: message => console.log(structuredClone(message)),
};
`;

// What its main process has, as much as README.md needs: a page that asks once.
const ELECTRON = `import { fork } from 'node:child_process';

const child = { execArgv: ['--import', 'iscsidsc/simulate'], serialization: 'advanced' };
export const utilityProcess = { fork: (file, args, { env }) => fork(file, args, { ...child, env }) };
export const ipcMain = { handle: async (channel, listener) => console.log(structuredClone(await listener())) };
`;
const ELECTRON_TYPES = `import type { ChildProcess } from 'node:child_process';

export const utilityProcess: {
  fork(file: string, args: string[], options: { env: Record<string, string> }): ChildProcess;
};
export const ipcMain: { handle(channel: string, listener: () => Promise<unknown>): void };
`;
