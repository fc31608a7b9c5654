import type { Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import functions from '../fixtures/functions.json';

type Done = (error: Error | null, status: number) => void;

/** A call that a library was given, and the memory that it was given with it. */
export interface KeptCall {
  readonly export: string;
  /** The buffers that the callee reads. An id is none of them: it is no secret. */
  readonly inputs: readonly Uint8Array[];
  /** Their bytes when the call was made. */
  readonly given: readonly Buffer[];
  /** The numbers that the callee writes. */
  readonly sizes: readonly Uint32Array[];
  /** Lets the call return. */
  readonly done: Done;
}

/** A status; a call that returns when it is let; or what the library throws, or hands to the callback. */
export type Answer = number | 'held' | { readonly thrown: unknown } | { readonly failed: Error };

/** Keeps hold of the memory of all its calls, as a DLL that reads late would. */
export class KeptLibrary implements Library {
  readonly name = 'kept';
  readonly calls: KeptCall[] = [];
  readonly #answer: (name: string) => Answer;

  constructor(answer: (name: string) => Answer = () => 0) {
    this.#answer = answer;
  }

  func<Name extends ExportName>(name: Name): NativeFunction<Name> {
    const sync = () => {
      throw new Error('Nothing with a secret is sync');
    };
    const async = (...argsAndDone: unknown[]) => {
      const done = argsAndDone.at(-1) as Done;
      const params = functions.find(each => each.name === name)?.params ?? [];
      const inputs = argsAndDone.filter((each, index): each is Uint8Array => {
        const { dir, type = '' } = params[index] ?? {};
        return each instanceof Uint8Array && dir === 'in' && !type.includes('UNIQUE');
      });
      const sizes = argsAndDone.filter(each => each instanceof Uint32Array);
      this.calls.push({ export: name, inputs, given: inputs.map(bytes => Buffer.from(bytes)), sizes, done });
      const answer = this.#answer(name);
      if (answer === 'held') return;
      if (typeof answer === 'object' && 'thrown' in answer) throw answer.thrown;
      if (typeof answer === 'object') setImmediate(() => done(answer.failed, 0));
      else setImmediate(() => done(null, answer));
    };
    return Object.assign(sync, { async }) as unknown as NativeFunction<Name>;
  }

  decodeAnsi(bytes: Uint8Array): string {
    return Buffer.from(bytes).toString('latin1');
  }

  encodeAnsi(text: string): Uint8Array {
    return Buffer.from(text, 'latin1');
  }
}
