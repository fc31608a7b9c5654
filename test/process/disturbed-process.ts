import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InitiatorProcess, InitiatorProcessOptions } from 'iscsidsc/process';
import { built } from './built.js';

const PROGRAM = fileURLToPath(new URL('programs/served.mjs', import.meta.url));

/** What happens to the native calls of the exports with these names, or of every one. */
export interface Disturbance {
  hangs?: string[];
  /** Those that hang return after this many milliseconds. */
  lateMs?: number;
  crashes?: string[];
  /** The whole process stops, and answers nothing any more. */
  stops?: string[];
}

/** An initiator process whose native calls can be made to hang, and the children that it starts. */
export class DisturbedProcess implements AsyncDisposable {
  readonly initiator: InitiatorProcess;
  readonly children: ChildProcess[] = [];
  /** All that was sent to them. */
  readonly messages: object[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'iscsidsc-process-'));

  constructor(options: InitiatorProcessOptions = {}) {
    this.disturb({});
    this.initiator = built.createInitiatorProcess({ graceMs: 100, ...options, fork: (_, { env }) => this.#fork(env) });
  }

  disturb(disturbance: Disturbance): void {
    writeFileSync(join(this.#folder, 'disturbance.json'), JSON.stringify(disturbance));
  }

  get child(): ChildProcess {
    const child = this.children.at(-1);
    if (child === undefined) throw new Error('no child was started');
    return child;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.initiator.dispose();
    rmSync(this.#folder, { recursive: true });
  }

  #fork(env: Record<string, string>): ChildProcess {
    const files = { DISTURBANCE: join(this.#folder, 'disturbance.json'), STATE: join(this.#folder, 'state.json') };
    const child = fork(PROGRAM, [], { env: { ...env, ...files }, serialization: 'advanced' });
    const send = child.send.bind(child) as (message: object, ...rest: unknown[]) => boolean;
    child.send = ((message: object, ...rest: unknown[]) => {
      this.messages.push(message);
      return send(message, ...rest);
    }) as ChildProcess['send'];
    this.children.push(child);
    return child;
  }
}

/** How the child ended. */
export async function endOf(child: ChildProcess): Promise<NodeJS.Signals | number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode ?? child.exitCode;
}
