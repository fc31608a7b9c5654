import fc from 'fast-check';
import type { FieldKind, Struct, StructDescription } from '../../src/codec/struct.js';
import type { Form } from '../../src/native/types.js';

/** What the values of a property may hold. */
export interface Extent {
  readonly form: Form;
  readonly text: fc.Arbitrary<string>;
  /** The most structs in an array that a struct points to. */
  readonly inner: number;
}

/** Any list of structs of a table, with texts that repeat: names repeat in a real one, and readers make use of that. */
export function anyList<Value extends object>(
  struct: Struct<Value>,
  { text, ...rest }: Extent,
  most: number,
): fc.Arbitrary<Value[]> {
  return fc.array(text, { minLength: 1, maxLength: 4 }).chain(shared => {
    const extent = { ...rest, text: fc.oneof(fc.constantFrom(...shared), text) };
    const plausible = anyStruct(struct, extent).filter(value => struct.implausible(value as Value) === undefined);
    return fc.array(plausible as fc.Arbitrary<Value>, { maxLength: most });
  });
}

/** Any values of a struct of a table. */
function anyStruct(struct: StructDescription, extent: Extent): fc.Arbitrary<object> {
  const { sizeOf } = struct.in(extent.form).layout as { sizeOf: Readonly<Record<string, number>> };
  const entries = Object.entries(struct.fields).map(([name, { kind }]) => [name, anyValue(kind, sizeOf, extent)]);
  // An object as of a literal: deepEqual tells others apart. What is left out is no member.
  return fc
    .record(Object.fromEntries(entries), { noNullPrototype: true })
    .map(object => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)));
}

function anyValue(kind: FieldKind, sizeOf: Readonly<Record<string, number>>, extent: Extent): fc.Arbitrary<unknown> {
  const bits = 'member' in kind ? 8 * (sizeOf[kind.member] ?? 0) : 0;
  switch (kind.type) {
    case 'unsigned':
      return anyNumber(bits);
    case 'named':
      return anyNumber(Math.min(bits, 31)).map(number => kind.names[number] ?? number);
    case 'flags':
      return anyFlags(kind.names, bits);
    case 'flag':
      return fc.boolean();
    case 'uint64':
      return fc.maxSafeNat();
    case 'hex64':
      return half();
    case 'uniqueId':
      return fc.tuple(half(), half()).map(halves => halves.join('-'));
    case 'hex':
      return fc
        .uint8Array({ minLength: bits / 8, maxLength: bits / 8 })
        .map(bytes => Buffer.from(bytes).toString('hex'));
    case 'guid':
      return fc.uuid();
    case 'text':
      return extent.text.filter(text => text.length < bits / 8 / 4);
    case 'string':
      return fc.option(extent.text, { freq: 5 });
    case 'struct':
      return anyStruct(kind.struct, extent);
    case 'array':
    case 'inlineArray':
      return fc.array(anyStruct(kind.struct, extent), { maxLength: extent.inner });
    case 'specified':
      return fc.option(anyValue(kind.field, sizeOf, extent), { nil: undefined });
    case 'pointer':
      return fc.option(anyStruct(kind.struct, extent));
    case 'unlessEmpty':
      return anyValue(kind.field, sizeOf, extent).map(value => (value === kind.empty ? undefined : value));
    case 'octets':
      return anyOctets();
    case 'secret':
      return fc.uint8Array({ maxLength: 64 });
  }
}

/** Text where all are ASCII, as it is read. */
function anyOctets(): fc.Arbitrary<string | Uint8Array> {
  const ascii = fc.string({
    unit: fc.integer({ min: 0, max: 0x7f }).map(code => String.fromCharCode(code)),
    maxLength: 64,
  });
  const others = fc.uint8Array({ minLength: 1, maxLength: 64 }).filter(bytes => bytes.some(byte => byte > 0x7f));
  return fc.oneof(ascii, others);
}

function anyNumber(bits: number): fc.Arbitrary<number> {
  const most = 2 ** bits - 1;
  return fc.oneof(fc.integer({ min: 0, max: Math.min(most, 8) }), fc.nat(most), fc.constant(most));
}

/** Names of known bits in their order, then the numbers of unknown ones. */
function anyFlags(names: Readonly<Record<number, string>>, bits: number): fc.Arbitrary<(string | number)[]> {
  const all = Array.from({ length: bits }, (_, bit) => names[2 ** bit] ?? 2 ** bit);
  const known = all.filter(each => typeof each === 'string');
  const unknown = all.filter(each => typeof each === 'number');
  return fc.tuple(fc.subarray(known), fc.subarray(unknown)).map(([some, others]) => [...some, ...others]);
}

/** A 64-bit number in hexadecimal. */
function half(): fc.Arbitrary<string> {
  const any = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(value => value.toString(16));
  return fc.oneof(any, fc.constantFrom('0', 'f', '80000000', '100000000', '7fffffffffffffff', 'ffffffffffffffff'));
}
