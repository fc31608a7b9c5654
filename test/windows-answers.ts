import type { Library, WindowsFunction, WindowsFunctionName } from 'iscsidsc';

/** What a function returns, a handle or TRUE; or the error of GetLastError with which it fails. Or it throws. */
export type WindowsAnswer = (...args: never[]) => { readonly value: bigint } | { readonly lastError: number };

export type WindowsAnswerTable = Readonly<Partial<Record<WindowsFunctionName, WindowsAnswer>>>;

/** A call that was made, and how it is let return. */
export interface HeldCall {
  readonly name: WindowsFunctionName;
  readonly args: readonly unknown[];
  /** Lets it return what its answer says, or an error of the library. */
  answer(error?: Error): void;
}

const FAILED_HANDLE: readonly string[] = ['CreateFileW', 'FindFirstVolumeW'];
export const TRUE = { value: 1n };

/** A Windows that answers as it is told, and keeps the handles that are open. Async calls can be held back. */
export class AnsweringWindows implements Library {
  readonly name = 'answering Windows';
  readonly calls: string[] = [];
  readonly held: HeldCall[] = [];
  /** The names of the functions whose async calls are held back. */
  readonly holds = new Set<WindowsFunctionName>();
  readonly open = new Set<bigint>();
  readonly #answers: WindowsAnswerTable;
  #last = 0n;

  constructor(answers: WindowsAnswerTable) {
    this.#answers = answers;
  }

  /** An answer for functions that open: the next handle. */
  readonly opened = (): { value: bigint } => {
    this.#last += 4n;
    this.open.add(this.#last);
    return { value: this.#last };
  };

  windowsFunc<Name extends WindowsFunctionName>(name: Name): WindowsFunction<Name> {
    const run = (args: readonly unknown[]) => {
      const answer = this.#answers[name]?.(...(args as never[])) ?? this.#default(name, args);
      if ('value' in answer) return { ...answer, lastError: 0 };
      return { ...answer, value: FAILED_HANDLE.includes(name) ? -1n : 0n };
    };
    const sync = (...args: unknown[]) => {
      this.calls.push(name);
      return run(args);
    };
    const async = (...argsAndDone: unknown[]) => {
      this.calls.push(name);
      const done = argsAndDone.at(-1) as (error: Error | null, result?: object) => void;
      const args = argsAndDone.slice(0, -1);
      const answer = (error?: Error) => {
        if (error) return done(error);
        let result: object;
        try {
          result = run(args);
        } catch (thrown) {
          return done(thrown as Error);
        }
        done(null, result);
      };
      if (this.holds.has(name)) this.held.push({ name, args, answer });
      else setImmediate(() => answer());
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

  #default(name: WindowsFunctionName, [handle]: readonly unknown[]): ReturnType<WindowsAnswer> {
    if (FAILED_HANDLE.includes(name)) return this.opened();
    if (name !== 'CloseHandle' && name !== 'FindVolumeClose') return TRUE;
    if (!this.open.delete(handle as bigint)) throw new Error(`${name} of ${handle}, which is not open`);
    return TRUE;
  }
}
