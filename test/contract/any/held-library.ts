import type { Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';

type Done = (error: Error | null, status: number) => void;

/** Passes calls on, and holds the answers of the async ones back until it is released: a slow initiator, of any kind. */
export class HeldLibrary implements Library {
  readonly name: string;
  readonly #inner: Library;
  readonly #released: Promise<void>;
  readonly #answers: Promise<void>[] = [];
  #release = () => {};

  constructor(inner: Library) {
    this.name = inner.name;
    this.#inner = inner;
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
    const inner = this.#inner.func(name) as unknown as NativeFunction;
    const async = (...argsAndDone: unknown[]) => {
      const done = argsAndDone.at(-1) as Done;
      const answered = new Promise<Parameters<Done>>(resolve => {
        const args = argsAndDone.slice(0, -1) as Parameters<NativeFunction>;
        inner.async(...args, (...answer) => resolve(answer));
      });
      this.#answers.push(Promise.all([answered, this.#released]).then(([answer]) => done(...answer)));
    };
    const sync = (...args: Parameters<NativeFunction>) => inner(...args);
    return Object.assign(sync, { async }) as unknown as NativeFunction<Name>;
  }

  decodeAnsi(bytes: Uint8Array): string {
    return this.#inner.decodeAnsi(bytes);
  }

  encodeAnsi(text: string): Uint8Array {
    return this.#inner.encodeAnsi(text);
  }
}
