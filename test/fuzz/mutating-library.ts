import type { Library, WindowsFunction, WindowsFunctionName } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import type { Mutation } from './mutation.js';
import { replyMemoryOf } from './reply-memory.js';

type Args = Parameters<NativeFunction>;
type Done = (error: Error | null, status: number) => void;

/** Passes all calls on, and changes each answer that is one. */
export class MutatingLibrary implements Library {
  readonly name = 'mutating';
  readonly #inner: Library;
  readonly #mutations: readonly Mutation[];
  calls = 0;

  constructor(inner: Library, mutations: readonly Mutation[]) {
    this.#inner = inner;
    this.#mutations = mutations;
  }

  func<Name extends ExportName>(name: Name): NativeFunction<Name> {
    const inner = this.#inner.func(name) as unknown as NativeFunction;
    const sync = (...args: Args) => {
      this.calls++;
      return this.#mutate(name, args, inner(...args));
    };
    const async = (...argsAndDone: [...Args, Done]) => {
      this.calls++;
      const args = argsAndDone.slice(0, -1) as Args;
      const done = argsAndDone.at(-1) as Done;
      inner.async(...args, (error, status) => done(error, this.#mutate(name, args, status)));
    };
    return Object.assign(sync, { async }) as unknown as NativeFunction<Name>;
  }

  windowsFunc<Name extends WindowsFunctionName>(name: Name): WindowsFunction<Name> {
    const fn = this.#inner.windowsFunc?.(name);
    if (fn === undefined) throw new Error(`${this.name} has no functions of Windows besides its own`);
    return fn;
  }

  decodeAnsi(bytes: Uint8Array): string {
    return this.#inner.decodeAnsi(bytes);
  }

  encodeAnsi(text: string): Uint8Array {
    return this.#inner.encodeAnsi(text);
  }

  #mutate(name: ExportName, args: Args, status: number): number {
    const { bytes, ...numbers } = replyMemoryOf(name, args);
    if (status === 0 && bytes !== null) {
      for (const mutation of this.#mutations) mutation.apply({ ...numbers, bytes });
    }
    return status;
  }
}
