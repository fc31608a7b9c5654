import type { Library, WindowsFunction, WindowsFunctionName } from 'iscsidsc';

/** What a call does: returns the error of `GetLastError`, 0 for success, or throws. */
export type Answer = (...args: never[]) => number;

const OPENERS: readonly string[] = ['OpenSCManagerW', 'OpenServiceW'];

/** A service manager that answers as it is told. It keeps count of its handles. */
export class ScriptedServices implements Library {
  readonly name = 'scripted';
  readonly calls: WindowsFunctionName[] = [];
  readonly #answers: Readonly<Partial<Record<WindowsFunctionName, Answer>>>;
  readonly #open = new Set<bigint>();
  #last = 0n;

  constructor(answers: Readonly<Partial<Record<WindowsFunctionName, Answer>>>) {
    this.#answers = answers;
  }

  get openHandles(): number {
    return this.#open.size;
  }

  windowsFunc<Name extends WindowsFunctionName>(name: Name): WindowsFunction<Name> {
    const sync = (...args: unknown[]) => {
      this.calls.push(name);
      const lastError = this.#answers[name]?.(...(args as never[])) ?? 0;
      if (lastError !== 0) return { value: 0n, lastError };
      return { value: this.#valueOf(name, args), lastError };
    };
    const async = (...argsAndDone: unknown[]) => {
      const done = argsAndDone.at(-1) as (error: Error | null, result: object) => void;
      setImmediate(() => done(null, sync(...argsAndDone.slice(0, -1))));
    };
    return Object.assign(sync, { async }) as unknown as WindowsFunction<Name>;
  }

  func(): never {
    throw new Error('no export is needed');
  }

  decodeAnsi(): never {
    throw new Error('no text is needed');
  }

  encodeAnsi(): never {
    throw new Error('no text is needed');
  }

  #valueOf(name: WindowsFunctionName, [handle]: unknown[]): bigint {
    if (OPENERS.includes(name)) {
      this.#last += 4n;
      this.#open.add(this.#last);
      return this.#last;
    }
    if (name === 'CloseServiceHandle' && !this.#open.delete(handle as bigint)) throw new Error('closed twice');
    return 1n;
  }
}

/** Answers with a `SERVICE_STATUS_PROCESS`, one after the other: the last one stays. */
export function statuses(
  ...numbers: readonly (readonly [state: number, exitCode?: number, specific?: number])[]
): Answer {
  let call = 0;
  return (_service: bigint, _level: number, buffer: Buffer) => {
    const [state, exitCode = 0, specific = 0] = numbers[
      Math.min(call++, numbers.length - 1)
    ] as (typeof numbers)[number];
    const processId = state === 1 ? 0 : 4711;
    const members = [0x20, state, 0, exitCode, specific, 0, 0, processId, 0];
    for (const [index, member] of members.entries()) buffer.writeUInt32LE(member, index * 4);
    return 0;
  };
}

/** Answers with the head of a `QUERY_SERVICE_CONFIGW`. */
export function startType(number: number): Answer {
  return (_service: bigint, buffer: Buffer) => {
    buffer.writeUInt32LE(0x20, 0);
    buffer.writeUInt32LE(number, 4);
    return 0;
  };
}
