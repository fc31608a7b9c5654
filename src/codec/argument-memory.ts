import { elementsOf, refuseUnknown } from '../arguments.js';
import { invalidArgument, invalidSecret } from '../errors.js';
import { MAX_ISCSI_HBANAME_LEN, MAX_ISCSI_NAME_LEN } from '../header/constants.js';
import { checkSecret, type Octets } from './fields.js';
import { Sink, type TextForm } from './sink.js';
import type { Struct, StructDescription } from './struct.js';

/** Bytes with their number, as two arguments of a call. */
export interface CountedBytes {
  readonly length: number;
  readonly bytes: Buffer | null;
}

/** The memory of the structs, strings and secrets that a call is given. Wipe it once the call has returned. */
export class ArgumentMemory {
  readonly #text: TextForm;
  readonly #sinks: Sink[] = [];

  constructor(text: TextForm) {
    this.#text = text;
  }

  /** A string of at most this many characters of the form. NULL for null. */
  string(what: string, value: string | null, most: number): Buffer | null {
    if (value === null) return null;
    if (typeof value !== 'string' || value.includes('\0')) {
      throw invalidArgument(`${what} must be a string without NUL characters`, value);
    }
    const sink = this.#sink();
    const tooLong = () => invalidArgument(`${what} must have at most ${most} characters`, value);
    if (value.length > most) throw tooLong();
    if (sink.addString(value).bytes.length > (most + 1) * this.#text.unit) throw tooLong();
    return sink.assemble();
  }

  /** The same for what must be named: a variable that is not set must not become a call for nothing in particular. */
  name(what: string, value: string | null, most: number): Buffer {
    if (value === '' || value === null) throw invalidArgument(`${what} must be a string that is not empty`, value);
    return this.string(what, value, most) as Buffer;
  }

  /** The name of a target. */
  targetName(value: string): Buffer {
    return this.name('targetName', value, MAX_ISCSI_NAME_LEN);
  }

  /** The name of an HBA instance. NULL, for any, for null. */
  instance(value: string | null): Buffer | null {
    return this.string('initiatorInstance', value, MAX_ISCSI_HBANAME_LEN - 1);
  }

  /**
   * A struct, and what it points to. NULL for null and undefined. Members that it does not have are refused, and each
   * member is read once: a getter cannot return more than there is memory for.
   */
  struct<Value extends object>(struct: Struct<Value>, value: Value | null | undefined, what: string): Buffer | null {
    if (value === null || value === undefined) return null;
    const copy = copyOf(struct, value, what) as Value;
    const bound = struct.in(this.#text.form);
    const sink = this.#sink();
    bound.write(sink, sink.add(bound.size, 8), 0, copy, what);
    return sink.assemble();
  }

  /** Zeroed memory for a struct that the callee writes. */
  output(struct: { in(form: 'A' | 'W'): { readonly size: number } }): Buffer {
    const sink = this.#sink();
    sink.add(struct.in(this.#text.form).size, 8);
    return sink.assemble();
  }

  /** Bytes that nobody may see. Without any the pointer is NULL. */
  secret(name: string, value: Octets | undefined): CountedBytes {
    if (value === undefined) return { length: 0, bytes: null };
    const octets = checkSecret(name, value);
    const sink = this.#sink();
    const { length } = sink.addOctets(octets).bytes;
    return { length, bytes: length === 0 ? null : sink.assemble() };
  }

  /** The same where null clears what is stored. Nothing else does: not a secret that was not found, nor an empty one. */
  secretOrNull(name: string, value: Octets | null): CountedBytes {
    if (value === null) return { length: 0, bytes: null };
    const secret = this.secret(name, checkSecret(name, value));
    if (secret.length === 0) throw invalidSecret(`${name} must not be empty; null clears it`);
    return secret;
  }

  wipe(): void {
    for (const sink of this.#sinks) sink.wipe();
  }

  #sink(): Sink {
    const sink = new Sink(this.#text);
    this.#sinks.push(sink);
    return sink;
  }
}

function copyOf(struct: StructDescription, value: unknown, what: string): unknown {
  // What is no object is refused when it is written.
  if (Object(value) !== value) return value;
  refuseUnknown(what, value as object, Object.keys(struct.fields));
  const copy: Record<string, unknown> = {};
  for (const [name, { kind }] of Object.entries(struct.fields)) {
    const member = (value as Record<string, unknown>)[name];
    copy[name] = 'struct' in kind ? copyOfMember(kind.struct, member, name) : member;
  }
  return copy;
}

function copyOfMember(struct: StructDescription, value: unknown, name: string): unknown {
  if (!Array.isArray(value)) return copyOf(struct, value, name);
  return elementsOf(name, value).map(each => copyOf(struct, each, name));
}
