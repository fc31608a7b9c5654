import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';

const PARENT_PORT = new URL('./parent-port.mjs', import.meta.url).href;

/** Electron's UtilityProcess, made of a child process of Node. */
export class UtilityProcess extends EventEmitter {
  readonly process: ChildProcess;

  constructor(modulePath: string, args: string[] = [], env: NodeJS.ProcessEnv = process.env) {
    super();
    this.process = fork(modulePath, args, {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env,
      execArgv: ['--import', PARENT_PORT],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.process.on('message', message => this.emit('message', message));
    // Electron's has this one event, and the numbers of signals are not Node's.
    this.process.on('exit', (code, signal) => this.emit('exit', code ?? signal));
    this.process.on('error', () => {});
  }

  postMessage(message: unknown): void {
    if (this.process.connected) this.process.send(message as object);
  }

  kill(): boolean {
    return this.process.kill();
  }
}
