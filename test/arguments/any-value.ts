import fc from 'fast-check';

/** The arguments of each function, the options last. */
export type AnyArguments = Readonly<Record<string, readonly fc.Arbitrary<unknown>[]>>;

export const UINT32 = fc.oneof(fc.integer({ min: 0, max: 0xffff_ffff }), fc.nat(9), fc.constant(0xffff_ffff));
export const NOTHING = fc.constant({});

/** Text of at most this many characters. Few are as long as they can be, so that most stay short in every code page. */
export function upTo(text: fc.Arbitrary<string>, most: number): fc.Arbitrary<string> {
  const long = fc.constantFrom(most, most - 1).map(length => 'n'.repeat(length));
  return fc.oneof({ arbitrary: text, weight: 8 }, { arbitrary: long, weight: 1 });
}

type Members = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Objects that have some of the members, or have them as undefined, and those that they must have. */
export function some(optional: Members, required: Members = {}): fc.Arbitrary<object> {
  const each = Object.entries(optional).map(([name, value]) => [name, fc.option(value, { freq: 8, nil: undefined })]);
  return fc.record({ ...Object.fromEntries(each), ...required }, { requiredKeys: Object.keys(required) as never[] });
}

export function nullable(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.option(value, { freq: 6 });
}

export function anyHalf(): fc.Arbitrary<string> {
  return fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(half => half.toString(16));
}

export function anyId(): fc.Arbitrary<string> {
  const padded = anyHalf().map(half => half.padStart(16, '0').toUpperCase());
  return fc.tuple(anyHalf(), fc.oneof(anyHalf(), padded)).map(halves => halves.join('-'));
}

export function anyNamed(names: readonly string[]): fc.Arbitrary<string | number> {
  return fc.oneof(fc.constantFrom(...names), fc.nat(0x7fff_ffff));
}

/** Names, numbers and bigints in an array, or the sum of the bits. */
export function anyFlags(names: readonly string[], bits: number): fc.Arbitrary<unknown> {
  const big = fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n });
  const number = fc.nat(bits === 64 ? Number.MAX_SAFE_INTEGER : 0xffff_ffff);
  const name = fc.constantFrom(...names.filter(each => each !== ''));
  return fc.oneof(big, number, fc.array(fc.oneof(name, number, big), { maxLength: 4 }));
}

export function anyOctets(): fc.Arbitrary<string | Uint8Array> {
  const ascii = fc.string({ unit: fc.nat(0x7f).map(code => String.fromCharCode(code)), maxLength: 20 });
  return fc.oneof(
    ascii,
    fc.uint8Array({ maxLength: 20 }),
    ascii.map(text => Buffer.from(text)),
  );
}
