import type { Library, WindowsFunction, WindowsFunctionName } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';

type Answer = readonly [error: Error | null, result: unknown];

interface AnyFunction {
  (...args: unknown[]): unknown;
  async(...argsAndDone: unknown[]): void;
}

/** Passes calls on, and holds the answers of the async ones back until it is released: a slow initiator, of any kind. */
export class HeldLibrary implements Library {
  readonly name: string;
  /** Kept when it holds the first answer back. */
  readonly isHolding: Promise<void>;
  readonly #inner: Library;
  readonly #exports: readonly ExportName[] | undefined;
  readonly #released: Promise<void>;
  readonly #answers: Promise<void>[] = [];
  #release = () => {};
  #hold = () => {};

  /** Only the answers of these exports are held back, if they are given. */
  constructor(inner: Library, exports?: readonly ExportName[]) {
    this.name = inner.name;
    this.#inner = inner;
    this.#exports = exports;
    this.isHolding = new Promise(resolve => {
      this.#hold = resolve;
    });
    this.#released = new Promise(resolve => {
      this.#release = resolve;
    });
  }

  /** Lets all answers go, and waits for those of the calls made so far. */
  async release(): Promise<void> {
    this.#release();
    await Promise.all(this.#answers);
  }

  func<Name extends ExportName>(name: Name): NativeFunction<Name> {
    const fn = this.#inner.func(name);
    if (this.#exports?.includes(name) === false) return fn;
    return this.#held(fn as never) as unknown as NativeFunction<Name>;
  }

  windowsFunc<Name extends WindowsFunctionName>(name: Name): WindowsFunction<Name> {
    const inner = this.#inner.windowsFunc?.(name);
    if (inner === undefined) throw new Error(`${this.name} has no functions of Windows besides its own`);
    return this.#exports ? inner : (this.#held(inner as never) as unknown as WindowsFunction<Name>);
  }

  decodeAnsi(bytes: Uint8Array): string {
    return this.#inner.decodeAnsi(bytes);
  }

  encodeAnsi(text: string): Uint8Array {
    return this.#inner.encodeAnsi(text);
  }

  #held(inner: AnyFunction): AnyFunction {
    const async = (...argsAndDone: unknown[]) => {
      const done = argsAndDone.at(-1) as (...answer: Answer) => void;
      const answered = new Promise<Answer>(resolve => {
        inner.async(...argsAndDone.slice(0, -1), (...answer: Answer) => resolve(answer));
      });
      this.#answers.push(Promise.all([answered, this.#released]).then(([answer]) => done(...answer)));
      this.#hold();
    };
    return Object.assign((...args: unknown[]) => inner(...args), { async });
  }
}
