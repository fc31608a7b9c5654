import type { Library, WindowsFunction, WindowsFunctionName, WindowsResult } from 'iscsidsc';

/**
 * What a function returns, a handle or TRUE; or the error of GetLastError with which it fails; or undefined for what is
 * answered without it. Or it throws.
 */
export type WindowsAnswer = (
  ...args: never[]
) => { readonly value: bigint } | { readonly lastError: number } | undefined;

export type WindowsAnswerTable = Readonly<Partial<Record<WindowsFunctionName, WindowsAnswer>>>;

/** A call that was made, and how it is let return. */
export interface HeldCall {
  readonly name: WindowsFunctionName;
  readonly args: readonly unknown[];
  /** Lets it return what its answer says, or an error of the library. */
  answer(error?: Error): void;
}

type Done = (error: Error | null, result?: WindowsResult) => void;
interface AnyFunction {
  (...args: readonly unknown[]): WindowsResult;
  async(...argsAndDone: readonly unknown[]): void;
}

const FAILED_HANDLE: readonly string[] = ['CreateFileW', 'FindFirstVolumeW'];
const ERROR_ACCESS_DENIED = 5;
export const TRUE = { value: 1n };

/**
 * A Windows that answers as it is told. The rest is answered by the library within; without one, the rest succeeds, and
 * the handles that are open are kept. Async calls can be held back.
 */
export class AnsweringWindows implements Library {
  readonly name = 'answering Windows';
  readonly calls: string[] = [];
  readonly held: HeldCall[] = [];
  /** The names of the functions whose async calls are held back. */
  readonly holds = new Set<WindowsFunctionName>();
  readonly open = new Set<bigint>();
  readonly #answers: WindowsAnswerTable;
  readonly #inner: Library | undefined;
  #last = 0n;

  constructor(answers: WindowsAnswerTable, inner?: Library) {
    this.#answers = answers;
    this.#inner = inner;
  }

  /** An answer for functions that open: the next handle. */
  readonly opened = (): { value: bigint } => {
    this.#last += 4n;
    this.open.add(this.#last);
    return { value: this.#last };
  };

  windowsFunc<Name extends WindowsFunctionName>(name: Name): WindowsFunction<Name> {
    const rest = this.#rest(name);
    const sync = (...args: unknown[]) => {
      this.calls.push(name);
      return this.#answered(name, args) ?? rest(...args);
    };
    const async = (...argsAndDone: unknown[]) => {
      this.calls.push(name);
      const done = argsAndDone.at(-1) as Done;
      const args = argsAndDone.slice(0, -1);
      const answer = (error?: Error) => {
        if (error) return done(error);
        let result: WindowsResult | undefined;
        try {
          result = this.#answered(name, args);
        } catch (thrown) {
          return done(thrown as Error);
        }
        if (result) done(null, result);
        else rest.async(...args, done);
      };
      if (this.holds.has(name)) this.held.push({ name, args, answer });
      else setImmediate(() => answer());
    };
    return Object.assign(sync, { async }) as unknown as WindowsFunction<Name>;
  }

  readonly func: Library['func'] = name => this.#within().func(name);

  decodeAnsi(bytes: Uint8Array): string {
    return this.#within().decodeAnsi(bytes);
  }

  encodeAnsi(text: string): Uint8Array {
    return this.#within().encodeAnsi(text);
  }

  #within(): Library {
    if (this.#inner) return this.#inner;
    throw new Error('there is nothing but functions of Windows');
  }

  #answered(name: WindowsFunctionName, args: readonly unknown[]): WindowsResult | undefined {
    const answer = this.#answers[name]?.(...(args as never[]));
    return answer && resultOf(name, answer);
  }

  #rest(name: WindowsFunctionName): AnyFunction {
    if (this.#inner) return this.#inner.windowsFunc?.(name) as unknown as AnyFunction;
    const sync = (...args: readonly unknown[]) => resultOf(name, this.#succeed(name, args));
    const async = (...argsAndDone: readonly unknown[]) => {
      const done = argsAndDone.at(-1) as Done;
      let result: WindowsResult;
      try {
        result = sync(...argsAndDone.slice(0, -1));
      } catch (thrown) {
        return done(thrown as Error);
      }
      done(null, result);
    };
    return Object.assign(sync, { async });
  }

  #succeed(name: WindowsFunctionName, [handle]: readonly unknown[]): { value: bigint } {
    if (FAILED_HANDLE.includes(name)) return this.opened();
    if (name !== 'CloseHandle' && name !== 'FindVolumeClose') return TRUE;
    if (!this.open.delete(handle as bigint)) throw new Error(`${name} of ${handle}, which is not open`);
    return TRUE;
  }
}

function resultOf(name: WindowsFunctionName, answer: NonNullable<ReturnType<WindowsAnswer>>): WindowsResult {
  if ('value' in answer) return { value: answer.value, lastError: 0 };
  return { value: FAILED_HANDLE.includes(name) ? -1n : 0n, lastError: answer.lastError };
}

/** A library whose machine does not tell its volumes. */
export function failingVolumes(library: Library): Library {
  return new AnsweringWindows({ FindFirstVolumeW: () => ({ lastError: ERROR_ACCESS_DENIED }) }, library);
}

/** `VOLUME_DISK_EXTENTS`, as winioctl.h lays it out. */
export function diskExtents(...list: readonly (readonly [disk: number, start: bigint, length: bigint])[]): Buffer {
  const bytes = Buffer.alloc(8 + 24 * list.length);
  bytes.writeUInt32LE(list.length);
  for (const [index, [disk, start, length]] of list.entries()) {
    bytes.writeUInt32LE(disk, 8 + 24 * index);
    bytes.writeBigInt64LE(start, 16 + 24 * index);
    bytes.writeBigInt64LE(length, 24 + 24 * index);
  }
  return bytes;
}
