import fc from 'fast-check';
import koffi from 'koffi';
import type { FieldKind, StructDescription } from '../../src/codec/struct.js';
import type { Form } from '../../src/native/types.js';

/** The memory of a call that has answered: what a library could have written there. */
export interface Written {
  size: Uint32Array;
  count: Uint32Array;
  bytes: Buffer;
}

/** A change of a right answer into what may be a wrong one. */
export interface Mutation {
  readonly what: string;
  apply(written: Written): void;
}

const POINTER_SIZE = koffi.sizeof('void *');
const UINT32 = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.constant(0xffffffff),
);
// Small lists use the first few kilobytes of the buffer.
const PLACE = fc.oneof({ arbitrary: fc.nat(1500), weight: 4 }, fc.nat(40_000));

/** One or more changes of an answer, with such structs at its start if there are any, the last of them on top. */
export function anyMutations(struct?: StructDescription, form: Form = 'W'): fc.Arbitrary<Mutation[]> {
  const places = struct === undefined ? [] : placesIn(struct, form);
  const size = struct?.in(form).layout.size ?? 0;
  const changes = [flip(), fill(), cut(), wildPointer(), count(), sizes()];
  for (const place of places) {
    changes.push(pointer(size, place));
    if (place.array !== undefined) changes.push(sharedArray(size, place, place.array));
  }
  return fc.array(fc.oneof(...changes), { minLength: 1, maxLength: 4 });
}

/** The array that a pointer leads to. */
interface ArrayPlace {
  /** Where the count lies, in the same struct. */
  readonly count: number;
  readonly elementSize: number;
}

/** Where a pointer lies. */
interface PointerPlace {
  /** The pointers that lead to its struct, in bytes from the start of the first struct, and then of the one before. */
  readonly through: readonly number[];
  /** In bytes from the start of the last of these structs. */
  readonly at: number;
  readonly array?: ArrayPlace | undefined;
}

function placesIn(struct: StructDescription, form: Form, start = 0): PointerPlace[] {
  const at = struct.in(form).layout.at as Readonly<Record<string, number>>;
  return Object.values(struct.fields).flatMap(({ kind }) => placesOf(kind, form, start, at));
}

function placesOf(
  kind: FieldKind,
  form: Form,
  start: number,
  at: Readonly<Record<string, number>>,
): readonly PointerPlace[] {
  const place = (member: string) => start + (at[member] as number);
  switch (kind.type) {
    case 'string':
      return [{ through: [], at: place(kind.member) }];
    case 'array': {
      const pointer = { through: [], at: place(kind.pointer) };
      const elementSize = kind.struct.in(form).layout.size;
      return [{ ...pointer, array: { count: place(kind.count), elementSize } }, ...behind(pointer, kind.struct, form)];
    }
    case 'octets':
    case 'secret':
      return [{ through: [], at: place(kind.pointer), array: { count: place(kind.length), elementSize: 1 } }];
    case 'pointer': {
      const pointer = { through: [], at: place(kind.member) };
      return [pointer, ...behind(pointer, kind.struct, form)];
    }
    case 'struct':
    case 'inlineArray':
      return placesIn(kind.struct, form, place(kind.member));
    case 'specified':
    case 'unlessEmpty':
      return placesOf(kind.field, form, start, at);
    default:
      return [];
  }
}

/** The pointers in the struct that a pointer leads to. */
function behind(pointer: PointerPlace, struct: StructDescription, form: Form): PointerPlace[] {
  return placesIn(struct, form).map(({ through, ...rest }) => ({ through: [pointer.at, ...through], ...rest }));
}

/** Where the struct begins that the pointers of the struct at this index lead to; none where they lead nowhere. */
function startOf(bytes: Buffer, start: number, { through }: PointerPlace): number | undefined {
  const base = BigInt(koffi.address(bytes));
  let offset = start;
  for (const at of through) {
    const place = offset + at;
    if (place + POINTER_SIZE > bytes.length) return undefined;
    const address = POINTER_SIZE === 8 ? bytes.readBigUInt64LE(place) : BigInt(bytes.readUInt32LE(place));
    if (address < base || address >= base + BigInt(bytes.length)) return undefined;
    offset = Number(address - base);
  }
  return offset;
}

function flip(): fc.Arbitrary<Mutation> {
  return fc.tuple(PLACE, fc.integer({ min: 1, max: 255 })).map(([at, mask]) =>
    mutation(`flip ${mask} at ${at}`, ({ bytes }) => {
      if (bytes.length > 0) bytes.writeUInt8(bytes.readUInt8(at % bytes.length) ^ mask, at % bytes.length);
    }),
  );
}

function fill(): fc.Arbitrary<Mutation> {
  const run = fc.oneof(fc.nat(64), fc.nat(40_000));
  return fc.tuple(PLACE, run, fc.uint8Array({ minLength: 1, maxLength: 9 })).map(([at, length, pattern]) =>
    mutation(`fill ${length} with ${Buffer.from(pattern).toString('hex')} at ${at}`, ({ bytes }) => {
      bytes.fill(pattern, Math.min(at, bytes.length), Math.min(at + length, bytes.length));
    }),
  );
}

/** No more than the first bytes have arrived; what follows is what was there before, or noise. */
function cut(): fc.Arbitrary<Mutation> {
  return fc.tuple(PLACE, fc.constantFrom(0, 0x41, 0xff), fc.boolean()).map(([at, rest, reported]) =>
    mutation(`cut at ${at}, ${rest} behind${reported ? ', as reported' : ''}`, ({ bytes, size }) => {
      bytes.fill(rest, Math.min(at, bytes.length));
      if (reported) size[0] = at;
    }),
  );
}

const TARGET = fc.oneof(
  { arbitrary: fc.nat(1500).map(inside), weight: 4 },
  // The ends: the last byte, the one behind it, and the one in front of the first.
  fc.constantFrom<[string, (base: bigint, length: bigint) => bigint]>(
    ['its last byte', (base, length) => base + length - 1n],
    ['its last two bytes', (base, length) => base + length - 2n],
    ['its end', (base, length) => base + length],
    ['before it', base => base - 1n],
    ['half a pointer', base => base & 0xffffffffn],
    ['the top of memory', () => -8n],
    ['the first page', () => 0x10n],
    ['NULL', () => 0n],
  ),
);

function pointer(size: number, place: PointerPlace): fc.Arbitrary<Mutation> {
  return fc.tuple(fc.nat(8), fc.boolean(), TARGET).map(([index, odd, [to, address]]) =>
    mutation(`the pointer at ${named(place)} of struct ${index} to ${to}${odd ? ' + 1' : ''}`, ({ bytes }) => {
      const start = startOf(bytes, index * size, place);
      if (start === undefined) return;
      const base = BigInt(koffi.address(bytes));
      writePointer(bytes, start + place.at, address(base, BigInt(bytes.length)) + (odd ? 1n : 0n));
    }),
  );
}

function named({ through, at }: PointerPlace): string {
  return [...through, at].join(' -> ');
}

/** A pointer at any place where one can lie. */
function wildPointer(): fc.Arbitrary<Mutation> {
  return fc.tuple(PLACE, TARGET).map(([place, [to, address]]) => {
    const at = place - (place % POINTER_SIZE);
    return mutation(`a pointer at ${at} to ${to}`, ({ bytes }) => {
      writePointer(bytes, at, address(BigInt(koffi.address(bytes)), BigInt(bytes.length)));
    });
  });
}

/** An array at a place of its own making, also in the structs at the start: several structs can share it. */
function sharedArray(size: number, place: PointerPlace, array: ArrayPlace): fc.Arbitrary<Mutation> {
  const offset = fc.oneof(fc.nat(1500), fc.integer({ min: -2 * array.elementSize, max: 0 }));
  return fc.tuple(fc.nat(8), UINT32, offset).map(([index, number, offset]) =>
    mutation(`struct ${index} has at ${named(place)} an array of ${number} at ${offset}`, ({ bytes }) => {
      const start = startOf(bytes, index * size, place);
      if (start === undefined) return;
      if (start + array.count + 4 <= bytes.length) bytes.writeUInt32LE(number, start + array.count);
      const base = BigInt(koffi.address(bytes));
      writePointer(bytes, start + place.at, base + BigInt(offset < 0 ? bytes.length + offset : offset));
    }),
  );
}

function count(): fc.Arbitrary<Mutation> {
  return UINT32.map(value =>
    mutation(`the count ${value}`, ({ count }) => {
      count[0] = value;
    }),
  );
}

function sizes(): fc.Arbitrary<Mutation> {
  return fc.oneof(UINT32, fc.nat(40_000)).map(value =>
    mutation(`the size ${value}`, ({ size }) => {
      size[0] = value;
    }),
  );
}

function inside(offset: number): [string, (base: bigint) => bigint] {
  return [`offset ${offset}`, base => base + BigInt(offset)];
}

function writePointer(bytes: Buffer, at: number, address: bigint): void {
  if (at + POINTER_SIZE > bytes.length) return;
  if (POINTER_SIZE === 8) bytes.writeBigUInt64LE(BigInt.asUintN(64, address), at);
  else bytes.writeUInt32LE(Number(BigInt.asUintN(32, address)), at);
}

function mutation(what: string, apply: Mutation['apply']): Mutation {
  return { what, apply, toString: () => what } as Mutation;
}
