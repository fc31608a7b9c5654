import { isUint8Array } from 'node:util/types';
import { LIBRARY } from '../api/options.js';
import { checkMembers } from '../arguments.js';
import { gateOf } from '../call/gate.js';
import type { Library } from '../native/library.js';
import { setDefaultLibrary, systemLibrary } from '../native/system-library.js';
import type { ConnectedTarget } from '../tasks/connect/connect-target.js';
import { dataOf, errorData } from './error-data.js';
import { REMOTE_FUNCTIONS } from './functions.js';
import type { CallMessage, RemoteConnection, ToChild, ToParent } from './messages.js';
import { put } from './places.js';

/** What a process serves. */
export interface ServeOptions {
  /** Whose functions to call, for example a simulator. Defaults to Windows' own iscsidsc.dll. */
  library?: Library | undefined;
}

/**
 * Makes this process one that `createInitiatorProcess` can use, where it is started by a file of the program's own: with
 * a library of its own, or because the program is bundled. It ends when its parent does.
 *
 * Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`, and an error without a parent.
 */
export function serveInitiatorProcess(options?: ServeOptions): void {
  const { library } = checkMembers('options', options, { library: LIBRARY });
  if (library) setDefaultLibrary(library);
  const port = parentPort();
  const server = new Server(message => port.send(message));
  port.onMessage(message => server.receive(message));
  server.begin();
}

interface Port {
  send(message: ToParent): void;
  onMessage(listener: (message: ToChild) => void): void;
}

/** The part of Electron's `process.parentPort` that is needed. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

function parentPort(): Port {
  const { parentPort: electron } = process as { parentPort?: ElectronPort };
  if (process.send) return nodePort();
  if (electron === undefined) {
    throw new Error('serveInitiatorProcess needs a parent: start this file with createInitiatorProcess.');
  }
  return {
    send: message => electron.postMessage(message),
    onMessage: listener => electron.on('message', ({ data }) => listener(data as ToChild)),
  };
}

function nodePort(): Port {
  // Ctrl+C goes to every process of the terminal, and the parent decides what it means.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) process.on(signal, () => {});
  // The parent is gone. process.exit() would wait for a native call that hangs.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  return {
    // A parent that has gone away meanwhile is no error.
    send: message => process.send?.(message, undefined, undefined, () => {}),
    onMessage: listener => process.on('message', listener),
  };
}

/** Makes the calls that the parent asks for. */
class Server {
  readonly #send: (message: ToParent) => void;
  readonly #running = new Map<number, AbortController>();
  readonly #connected = new Map<number, ConnectedTarget>();

  constructor(send: (message: ToParent) => void) {
    this.#send = send;
  }

  begin(): void {
    try {
      // Loads the DLL now, so that the first call need not.
      gateOf(systemLibrary()).onAbandoned = count => this.#send({ type: 'abandoned', count });
    } catch {
      // Every call rejects with it.
    }
    // The parent emits them: here nobody would listen.
    process.removeAllListeners('warning');
    process.on('warning', warning => this.#send({ type: 'warning', warning: errorData(warning) }));
    this.#send({ type: 'ready' });
  }

  receive(message: ToChild): void {
    if (message.type === 'ping') this.#send(message);
    else if (message.type === 'abort') this.#running.get(message.id)?.abort();
    else void this.#call(message);
  }

  async #call(message: CallMessage): Promise<void> {
    const { id } = message;
    const abort = new AbortController();
    this.#running.set(id, abort);
    try {
      const value = await this.#result(message, abort.signal);
      this.#send({ type: 'result', id, result: dataOf(value) });
    } catch (error) {
      this.#send({ type: 'error', id, error: errorData(error) });
    } finally {
      this.#running.delete(id);
      wipe(message.args);
    }
  }

  async #result({ id, name, args, functions, signals }: CallMessage, signal: AbortSignal): Promise<unknown> {
    const fn = REMOTE_FUNCTIONS.get(name);
    if (fn === undefined) throw new Error(`There is no function ${name}.`);
    for (const place of signals) put(args, place, signal);
    functions.forEach((place, index) => {
      put(args, place, (...given: unknown[]) => this.#send({ type: 'callback', id, index, args: dataOf(given) }));
    });
    if (name === 'undoConnection') {
      const { connection } = args[0] as RemoteConnection;
      const connected = this.#connected.get(connection);
      // Another process has made it: what is known of it is enough to undo it.
      if (connected) return await connected.undo();
    }
    const value = await fn(...args);
    if (name === 'connectTarget') this.#connected.set(id, value as ConnectedTarget);
    return value;
  }
}

function wipe(value: unknown): void {
  if (isUint8Array(value)) value.fill(0);
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(wipe);
}
