import type { ToChild, ToParent } from './messages.js';

/** A child as `child_process.fork` returns it, with `serialization: 'advanced'`: the part of it that is needed. */
export interface NodeChild {
  /** Sends a message. The callback has the error of a child that has gone away. */
  send(message: object, callback: (error: Error | null) => void): boolean;
  /** Ends the process. */
  kill(signal: 'SIGKILL'): boolean;
  /** Keeps the parent alive. */
  ref(): void;
  /** Lets the parent end. */
  unref(): void;
  /** Undefined if the process could not be started. */
  readonly pid?: number | undefined;
  /** The pipe of the messages, which keeps the parent alive by itself. */
  readonly channel?: NodeChannel | null | undefined;
  /** Listens for messages, for the end, and for the error of a child that could not be started. */
  readonly on: ((event: 'message', listener: (message: unknown) => void) => unknown) &
    ((event: 'error', listener: (error: Error) => void) => unknown) &
    ((event: 'exit', listener: (code: number | null, signal: string | null) => void) => unknown);
}

/** The pipe between a child and its parent. */
export interface NodeChannel {
  /** Keeps the parent alive. */
  ref(): void;
  /** Lets the parent end. */
  unref(): void;
}

/** A child as Electron's `utilityProcess.fork` returns it: the part of it that is needed. */
export interface UtilityChild {
  /** Sends a message. */
  postMessage(message: unknown): void;
  /** Ends the process. */
  kill(): boolean;
  /** Listens for messages, and for the end. */
  readonly on: ((event: 'message', listener: (message: unknown) => void) => unknown) &
    ((event: 'exit', listener: (code: number) => void) => unknown);
}

/** How a child has ended. */
export interface ChildEnd {
  readonly exitCode?: number | undefined;
  readonly signal?: string | undefined;
  readonly cause?: unknown;
}

/** A child of either kind. */
export class ForkedChild {
  readonly #child: NodeChild | UtilityChild;

  constructor(
    child: NodeChild | UtilityChild,
    { onMessage, onEnd }: { onMessage(message: ToParent): void; onEnd(end: ChildEnd): void },
  ) {
    this.#child = child;
    child.on('message', message => onMessage(message as ToParent));
    const ended = (code: number | null, signal?: string | null) =>
      onEnd({ exitCode: code ?? undefined, signal: signal ?? undefined });
    if (!('send' in child)) child.on('exit', ended);
    else {
      child.on('exit', ended);
      child.on('error', cause => {
        // One that could not be started has no other event. After any other error, its end follows.
        if (child.pid === undefined) onEnd({ cause });
      });
    }
  }

  send(message: ToChild): void {
    if ('send' in this.#child) this.#child.send(message, () => {});
    else this.#child.postMessage(message);
  }

  kill(): void {
    if ('send' in this.#child) this.#child.kill('SIGKILL');
    else this.#child.kill();
  }

  /** Whether it keeps this process alive. Those of Electron never do. */
  set isNeeded(isNeeded: boolean) {
    if (!('send' in this.#child)) return;
    const change = isNeeded ? 'ref' : 'unref';
    this.#child[change]();
    this.#child.channel?.[change]();
  }
}
