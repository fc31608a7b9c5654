import { invalidArgument, notAnObject } from '../errors.js';
import type { Form, StructName } from '../native/types.js';
import { type Layout, layoutOf } from './layout.js';
import type { Piece, Sink } from './sink.js';
import type { Source } from './source.js';

/** Reads and writes one property of a struct whose first byte lies `at` bytes from the start. */
export interface FieldCodec<Value> {
  read(source: Source, at: number): Value;
  /** Throws `ERR_ISCSIDSC_INVALID_ARGUMENT` for a value that the members of the struct cannot hold. */
  write(sink: Sink, piece: Piece, at: number, value: Value): void;
}

/** What a field is bound to: the struct in one form. */
export interface Binding {
  /** The offsets of all members from the start of the struct. */
  readonly at: Readonly<Record<string, number>>;
  /** The sizes of all members in bytes. */
  readonly sizeOf: Readonly<Record<string, number>>;
  readonly form: Form;
  /** What the struct is called in errors. */
  readonly label: string;
  readonly property: string;
}

/**
 * One property of a struct. It is handed the offsets of all members, because one property can need two: a pointer and
 * its count, a value and the bit that says that it counts.
 */
export interface Field<Value> {
  /** What it is: tests make values of it, and the simulator finds what a fault can spoil. */
  readonly kind: FieldKind;
  bind(binding: Binding): FieldCodec<Value>;
}

export type FieldKind =
  | {
      readonly type: 'unsigned' | 'flag' | 'uint64' | 'hex64' | 'text' | 'string' | 'hex' | 'guid' | 'uniqueId';
      readonly member: string;
    }
  | { readonly type: 'named' | 'flags'; readonly member: string; readonly names: Names<string> }
  | { readonly type: 'struct' | 'pointer'; readonly member: string; readonly struct: StructDescription }
  | { readonly type: 'array'; readonly pointer: string; readonly count: string; readonly struct: StructDescription }
  | {
      readonly type: 'inlineArray';
      readonly member: string;
      readonly count: string;
      readonly struct: StructDescription;
    }
  | { readonly type: 'octets' | 'secret'; readonly pointer: string; readonly length: string }
  | { readonly type: 'specified'; readonly bit: number; readonly field: FieldKind }
  | { readonly type: 'unlessEmpty'; readonly empty: unknown; readonly field: FieldKind };

/** What can be asked of a struct without knowing its values. */
export interface StructDescription {
  readonly name: string;
  readonly label: string;
  readonly fields: Readonly<Record<string, { readonly kind: FieldKind }>>;
  in(form: Form): { readonly layout: Layout };
}

/** The names of numbers, by number. */
export type Names<Name extends string> = Readonly<Record<number, Name>>;

/** A struct of the header, with `#` for its A and W forms. */
type DescribedName = StructName extends infer Name
  ? Name extends `${infer Base}${'A' | 'W'}`
    ? Name | `${Base}#`
    : Name
  : never;

type Fields<Value> = { readonly [Property in keyof Value]-?: Field<Value[Property]> };

/** What there is to a struct besides its properties. */
interface Rest<Value> {
  /** Members that always hold one value. */
  readonly constants?: Readonly<Record<string, number>>;
  readonly implausible?: (value: Value) => readonly [member: string, problem: string] | undefined;
}

/** The one description of a struct: from it come its reader, its writer, and the values and faults of the tests. */
export class Struct<Value extends object> implements StructDescription {
  readonly name: string;
  /** What it is called in errors: the parameter that leads to it. */
  readonly label: string;
  readonly fields: Fields<Value> & StructDescription['fields'];
  readonly #rest: Rest<Value>;
  readonly #bound: { A?: BoundStruct<Value>; W?: BoundStruct<Value> } = {};

  constructor(name: DescribedName, label: string, fields: Fields<Value>, rest: Rest<Value> = {}) {
    this.name = name;
    this.label = label;
    this.fields = fields as Fields<Value> & StructDescription['fields'];
    this.#rest = rest;
  }

  /** The member that shows that the DLL cannot have written this struct, and why; undefined if it can have. */
  implausible(value: Value): readonly [member: string, problem: string] | undefined {
    return this.#rest.implausible?.(value);
  }

  /** The struct in its A or W form. */
  in(form: Form): BoundStruct<Value> {
    this.#bound[form] ??= new BoundStruct(this, form, this.#rest.constants);
    return this.#bound[form];
  }
}

/** Reads and writes a struct in one form. */
export class BoundStruct<Value extends object> {
  readonly layout: Layout;
  /** In bytes. */
  readonly size: number;
  readonly #fields: readonly (readonly [property: string, codec: FieldCodec<unknown>])[];
  readonly #constants: readonly (readonly [at: number, size: number, value: number])[];
  readonly #struct: Struct<Value>;

  constructor(struct: Struct<Value>, form: Form, constants: Readonly<Record<string, number>> = {}) {
    const { name, label, fields } = struct;
    const layout = layoutOf(name.replace('#', form) as StructName);
    const { at, sizeOf } = layout as unknown as Record<'at' | 'sizeOf', Record<string, number>>;
    this.layout = layout;
    this.size = layout.size;
    this.#fields = Object.entries<Field<unknown>>(fields).map(([property, field]) => [
      property,
      field.bind({ at, sizeOf, form, label, property }),
    ]);
    this.#constants = Object.entries(constants).map(([member, value]) => [
      at[member] as number,
      sizeOf[member] as number,
      value,
    ]);
    this.#struct = struct;
  }

  read(source: Source, at: number): Value {
    const value: Record<string, unknown> = {};
    for (const [property, codec] of this.#fields) {
      const read = codec.read(source, at);
      if (read !== undefined) value[property] = read;
    }
    const [member, problem] = this.#struct.implausible(value as Value) ?? [];
    if (problem !== undefined) throw source.reply.malformed(`${this.#struct.label}.${member}`, at, problem);
    return value as Value;
  }

  /** Reads the array of structs at the start of a reply. `countName` is the parameter that holds the count. */
  readHead(source: Source, count: number, countName: string): Value[] {
    source.reply.claimHead(count, this.size, countName);
    return this.readArray(source, 0, count);
  }

  readArray(source: Source, at: number, count: number): Value[] {
    const values = new Array<Value>(count);
    for (let index = 0; index < count; index++) values[index] = this.read(source, at + index * this.size);
    return values;
  }

  /** Writes to bytes that are zero. */
  write(sink: Sink, piece: Piece, at: number, value: Value, what = this.#struct.label): void {
    if (Object(value) !== value) throw notAnObject(what, value);
    for (const [property, codec] of this.#fields) codec.write(sink, piece, at, value[property as keyof Value]);
    for (const [offset, size, constant] of this.#constants) piece.bytes.writeUIntLE(constant, at + offset, size);
  }

  /** Adds an array of structs, and what they point to behind it. */
  writeArray(sink: Sink, values: readonly Value[], what: string): Piece {
    if (!Array.isArray(values)) throw invalidArgument(`The ${what} must be an array`, values);
    const piece = sink.add(values.length * this.size, 8);
    for (const [index, value] of values.entries()) {
      this.write(sink, piece, index * this.size, value, `Each of the ${what}`);
    }
    return piece;
  }
}
