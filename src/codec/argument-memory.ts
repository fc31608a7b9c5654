import { refuseUnknown } from '../arguments.js';
import { invalidArgument } from '../errors.js';
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
    const { length } = sink.addString(value).bytes;
    if (length > (most + 1) * this.#text.unit)
      throw invalidArgument(`${what} must have at most ${most} characters`, value);
    return sink.assemble();
  }

  /** The name of a target: never an empty one. */
  targetName(value: string): Buffer {
    if (value === '') throw invalidArgument('targetName must not be empty', value);
    return this.string('targetName', value, MAX_ISCSI_NAME_LEN) as Buffer;
  }

  /** The name of an HBA instance. NULL, for any, for null. */
  instance(value: string | null): Buffer | null {
    return this.string('initiatorInstance', value, MAX_ISCSI_HBANAME_LEN - 1);
  }

  /** A struct, and what it points to. NULL for null and undefined. Members that it does not have are refused. */
  struct<Value extends object>(struct: Struct<Value>, value: Value | null | undefined, what: string): Buffer | null {
    if (value === null || value === undefined) return null;
    refuseUnknownMembers(struct, value, what);
    const bound = struct.in(this.#text.form);
    const sink = this.#sink();
    bound.write(sink, sink.add(bound.size, 8), 0, value, what);
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
    if (octets.length === 0) return { length: 0, bytes: null };
    const sink = this.#sink();
    sink.addOctets(octets);
    return { length: octets.length, bytes: sink.assemble() };
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

function refuseUnknownMembers(struct: StructDescription, value: unknown, what: string): void {
  if (Object(value) !== value) return;
  refuseUnknown(what, value as object, Object.keys(struct.fields));
  for (const [name, { kind }] of Object.entries(struct.fields)) {
    if (!('struct' in kind)) continue;
    const member = (value as Record<string, unknown>)[name];
    for (const each of Array.isArray(member) ? member : [member]) refuseUnknownMembers(kind.struct, each, name);
  }
}
