import fc from 'fast-check';

/** Anything at all, and above all what is nearly right. */
export function anyWrongValue(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom<unknown>(...WRONG),
    fc.anything({ withBigInt: true, withNullPrototype: true, withTypedArray: true, withSparseArray: true }),
  );
}

class Lun {
  get osLun(): number {
    return 1;
  }

  get targetLun(): string {
    return '100';
  }
}

const SHARED = new Uint8Array(new SharedArrayBuffer(4)).fill(65);

const WRONG: readonly unknown[] = [
  ...[undefined, null, true, false, Number.NaN, Number.POSITIVE_INFINITY, -1, -0, 0, 1.5, 1e300],
  ...[255, 256, 65_535, 65_536, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53, 2 ** 64, -1n, 0n, 2n ** 32n, 2n ** 64n],
  ...['', ' ', '0', '-1', '0x10', '1e3', '\0', 'a\0', '\ud800', 'ä', '日本', '¥', '\u{1f600}', '__proto__', 'length'],
  ...['n'.repeat(222), 'n'.repeat(223), 'n'.repeat(224), 'n'.repeat(255), 'n'.repeat(256), 'n'.repeat(1024)],
  ...['10.0.0.10:', '10.0.0.10:0', '10.0.0.10:65536', '[::1', '::1]:3260', '[10.0.0.10]:1', 'a b', 'fe80::1%1', ':1'],
  ...['1-2', '1-', '1-2-3', `${'0'.repeat(17)}-0`, '1-2\n', 'G-1', '0-0'],
  ...[[], [[]], {}, [undefined], [null], ['valid', 'valid'], ['valid', 2 ** 70], [-1], [2n ** 64n], ['none']],
  ...[new Array(3), new Array(2 ** 32 - 1), new Array(16_384).fill({ osLun: 0, targetLun: '0' }), new Array(16_385)],
  ...[Symbol('wrong'), Symbol.iterator, () => 1, class {}, new Date(0), /x/, new Map(), new Set(), new Error('x')],
  ...[new String('text'), new Number(5), new Boolean(true), Object(5n), Object(Symbol('x')), Promise.resolve(1)],
  ...[Buffer.alloc(0), Buffer.from('bytes'), SHARED, SHARED.subarray(1, 3), new Uint8Array(65_536)],
  ...[new Uint8ClampedArray(3), new Uint16Array(3), new DataView(new ArrayBuffer(3)), new ArrayBuffer(3)],
  ...[Object.create(null), Object.create({ address: 'inherited' }), Object.create({ stray: 1 }), new Lun()],
  ...[{ address: '' }, { address: '', socket: 0 }, { address: 'a', socket: 0 }, { address: 'a', stray: 1 }],
  ...[
    { osLun: 1, targetLun: '0' },
    { osBusNumber: 1, osTargetNumber: 2, lunList: [] },
    { length: 1, 0: 'valid' },
  ],
  ...[JSON.parse('{"__proto__":1}'), new Proxy({}, {}), new Proxy([], {}), new Proxy(['valid'], {}), globalThis],
];

type Tree = { readonly [key: string]: unknown } | readonly unknown[];

/** The arguments with a wrong value in one place, with a member too few, or with one too many. */
export function wrongly(args: readonly unknown[], how: string, place: number, value: unknown): readonly unknown[] {
  if (how === 'right') return args;
  const places = placesIn(args, []);
  const path = places[place % places.length] ?? [];
  // The others keep their places.
  if (how === 'removed' && path.length === 1) return changed(args, path, 'replaced', undefined) as readonly unknown[];
  return changed(args, path, how, value) as readonly unknown[];
}

function isTree(value: unknown): value is Tree {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

function placesIn(value: unknown, path: readonly string[]): string[][] {
  if (!isTree(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => [[...path, key], ...placesIn(member, [...path, key])]);
}

function changed(tree: Tree, [key = '', ...rest]: readonly string[], how: string, value: unknown): unknown {
  const member = (tree as Readonly<Record<string, unknown>>)[key];
  if (rest.length > 0) return replaced(tree, key, changed(member as Tree, rest, how, value));
  if (how === 'replaced') return replaced(tree, key, value);
  if (how === 'added' && isTree(member) && !Array.isArray(member)) return replaced(tree, key, { ...member, stray: 1 });
  if (how === 'added') return replaced(tree, key, Object.assign(Object.create({ stray: 1 }), Object(member)));
  return Array.isArray(tree) ? tree.slice(0, -1) : without(tree, key);
}

function replaced(tree: Tree, key: string, value: unknown): Tree {
  return Array.isArray(tree)
    ? tree.map((each, index) => (String(index) === key ? value : each))
    : { ...tree, [key]: value };
}

function without(tree: Tree, key: string): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([name]) => name !== key));
}
