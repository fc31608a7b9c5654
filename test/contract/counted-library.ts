import type { Library, WindowsFunction, WindowsFunctionName } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';

type Args = Parameters<NativeFunction>;
type Done = (error: Error | null, status: number) => void;

/** Passes all calls on and counts them. To the package it is a library never seen before: nothing is remembered of it. */
export class CountedLibrary implements Library {
  /** All exports that have been called, of any library. */
  static readonly called = new Set<ExportName>();
  readonly name: string;
  readonly #inner: Library;
  calls = 0;
  running = 0;
  mostAtOnce = 0;
  /** Called with the arguments of each call when it has returned: nothing is wiped yet. */
  onReturned: ((name: ExportName, args: Args) => void) | undefined;

  constructor(inner: Library) {
    this.name = inner.name;
    this.#inner = inner;
  }

  func<Name extends ExportName>(name: Name): NativeFunction<Name> {
    const inner = this.#inner.func(name) as unknown as NativeFunction;
    const sync = (...args: Args) => {
      CountedLibrary.called.add(name);
      this.calls++;
      const status = inner(...args);
      this.onReturned?.(name, args);
      return status;
    };
    const async = (...argsAndDone: [...Args, Done]) => {
      CountedLibrary.called.add(name);
      this.calls++;
      this.running++;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
      const done = argsAndDone.at(-1) as Done;
      const args = argsAndDone.slice(0, -1) as Args;
      inner.async(...args, (error, status) => {
        this.running--;
        this.onReturned?.(name, args);
        done(error, status);
      });
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
}
