import { isUint8Array } from 'node:util/types';
import { isAbortSignal, isTimeout } from '../api/options.js';
import { elementsOf } from '../arguments.js';
import { isAscii } from '../codec/strings.js';
import { IscsidscError, invalidArgument } from '../errors.js';
import type { Place } from './places.js';

type Callback = (...args: unknown[]) => unknown;

// More than any argument of the package has.
const DEEPEST = 12;

const SECRET_MEMBERS: readonly (string | number)[] = ['key', 'password', 'secret'];
// Their first argument is the secret itself.
const SECRET_FUNCTIONS: readonly string[] = [
  'setIScsiGroupPresharedKey',
  'setIScsiInitiatorCHAPSharedSecret',
  'setIScsiInitiatorRADIUSSharedSecret',
];

/**
 * The arguments of a call as they cross: copies, each member read once. Functions and signals stay here, and their places
 * are noted. A secret that is text crosses as bytes, because bytes can be wiped.
 */
export class SentArguments {
  readonly args: unknown[];
  readonly functions: Place[] = [];
  readonly signals: Place[] = [];
  readonly callbacks: Callback[] = [];
  readonly #name: string;
  readonly #bytes: Uint8Array[] = [];
  #signal: AbortSignal | undefined;

  /** Throws `ERR_ISCSIDSC_INVALID_ARGUMENT` for what cannot cross. */
  constructor(name: string, args: readonly unknown[]) {
    this.#name = name;
    try {
      this.args = args.map((arg, index) => this.#copyOf(arg, [index]));
    } catch (error) {
      this.wipe();
      throw error;
    }
  }

  get signal(): AbortSignal | undefined {
    return this.#signal;
  }

  /** The option `timeoutMs`, which stands in the last argument. */
  get timeoutMs(): number | undefined {
    const { timeoutMs } = Object(this.args.at(-1)) as { timeoutMs?: unknown };
    return isTimeout(timeoutMs) ? timeoutMs : undefined;
  }

  /** The arguments with another `timeoutMs`: some of the time has passed. */
  withTimeout(timeoutMs: number): unknown[] {
    return [...this.args.slice(0, -1), { ...(this.args.at(-1) as object), timeoutMs }];
  }

  wipe(): void {
    for (const bytes of this.#bytes) bytes.fill(0);
  }

  #copyOf(value: unknown, place: Place): unknown {
    if (typeof value === 'string') return this.#isSecret(place) ? this.#secretBytes(value) : value;
    if (typeof value === 'symbol') throw invalidArgument('An argument must be data', value);
    if (typeof value === 'function') return this.#keepFunction(value as Callback, place);
    if (typeof value !== 'object' || value === null) return value;
    if (isAbortSignal(value)) return this.#keepSignal(value, place);
    if (isUint8Array(value)) return this.#kept(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) throw invalidArgument('Bytes must be a Uint8Array', value);
    if (place.length > DEEPEST) throw invalidArgument(`An argument must have at most ${DEEPEST} levels`, value);
    if (Array.isArray(value)) return this.#copyOfArray(value, place);
    const copy: Record<string, unknown> = {};
    // The inherited members, too: a plain read finds them.
    for (const name in value) {
      const member = (value as Record<string, unknown>)[name];
      if (name === 'library' && place.length === 1 && member !== undefined) throw libraryCannotCross();
      Object.defineProperty(copy, name, {
        value: this.#copyOf(member, [...place, name]),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return copy;
  }

  #copyOfArray(value: readonly unknown[], place: Place): unknown[] {
    return elementsOf('An argument', value).map((each, index) => this.#copyOf(each, [...place, index]));
  }

  #keepFunction(value: Callback, place: Place): undefined {
    this.functions.push(place);
    this.callbacks.push(value);
    return undefined;
  }

  #keepSignal(value: AbortSignal, place: Place): undefined {
    this.signals.push(place);
    this.#signal = value;
    return undefined;
  }

  #isSecret(place: Place): boolean {
    const last = place.at(-1) ?? '';
    return SECRET_MEMBERS.includes(last) || (place.length === 1 && last === 0 && SECRET_FUNCTIONS.includes(this.#name));
  }

  /** What is not ASCII is refused over there, where it is not needed for that. */
  #secretBytes(text: string): unknown {
    return isAscii(text) ? this.#kept(Uint8Array.from(text, character => character.charCodeAt(0))) : false;
  }

  #kept(bytes: Uint8Array): Uint8Array {
    this.#bytes.push(bytes);
    return bytes;
  }
}

export function libraryCannotCross(): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_INVALID_ARGUMENT', 'A library cannot be passed to another process.', {
    hint: 'Serve it there: serveInitiatorProcess({ library }) in a file that the option fork starts.',
  });
}
