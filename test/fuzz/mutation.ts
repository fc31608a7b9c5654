import fc from 'fast-check';
import koffi from 'koffi';
import type { StructDescription } from '../../src/codec/struct.js';

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

/** One or more changes of an answer with such structs at its start, the last of them on top. */
export function anyMutations(struct: StructDescription): fc.Arbitrary<Mutation[]> {
  const places = placesIn(struct);
  const changes = [flip(), fill(), cut(), wildPointer(), count(), size()];
  if (places.pointers.length > 0) changes.push(pointer(places));
  for (const array of places.arrays) changes.push(sharedArray(places, array));
  return fc.array(fc.oneof(...changes), { minLength: 1, maxLength: 4 });
}

interface ArrayPlace {
  readonly pointer: number;
  readonly count: number;
  readonly structSize: number;
}

/** Where the pointers of a struct lie, in bytes from its start. */
interface Places {
  readonly size: number;
  readonly pointers: readonly number[];
  readonly arrays: readonly ArrayPlace[];
}

// Only structs whose A and W forms lie alike have pointers to strings; of the others the first one is hit.
function placesIn(struct: StructDescription): Places {
  const { layout } = struct.in('W');
  const at = layout.at as Readonly<Record<string, number>>;
  const kinds = Object.values(struct.fields).map(({ kind }) => kind);
  const arrays = kinds.flatMap(kind =>
    kind.type === 'array'
      ? [
          {
            pointer: at[kind.pointer] as number,
            count: at[kind.count] as number,
            structSize: kind.struct.in('W').layout.size,
          },
        ]
      : [],
  );
  const strings = kinds.flatMap(kind =>
    kind.type === 'string' || kind.type === 'pointer' ? [at[kind.member] as number] : [],
  );
  return { size: layout.size, pointers: [...strings, ...arrays.map(each => each.pointer)], arrays };
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

function pointer({ size, pointers }: Places): fc.Arbitrary<Mutation> {
  return fc
    .tuple(fc.nat(8), fc.constantFrom(...pointers), fc.boolean(), TARGET)
    .map(([index, place, odd, [to, address]]) =>
      mutation(`the pointer at ${place} of struct ${index} to ${to}${odd ? ' + 1' : ''}`, ({ bytes }) => {
        const base = BigInt(koffi.address(bytes));
        writePointer(bytes, index * size + place, address(base, BigInt(bytes.length)) + (odd ? 1n : 0n));
      }),
    );
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

/** An array at a place of its own making: several structs can share it. */
function sharedArray({ size }: Places, array: ArrayPlace): fc.Arbitrary<Mutation> {
  const offset = fc.oneof(fc.nat(1500), fc.integer({ min: -2 * array.structSize, max: 0 }));
  return fc.tuple(fc.nat(8), UINT32, offset).map(([index, number, offset]) =>
    mutation(`struct ${index} has an array of ${number} at ${offset}`, ({ bytes }) => {
      const base = BigInt(koffi.address(bytes));
      const at = index * size + array.count;
      if (at + 4 <= bytes.length) bytes.writeUInt32LE(number, at);
      writePointer(bytes, index * size + array.pointer, base + BigInt(offset < 0 ? bytes.length + offset : offset));
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

function size(): fc.Arbitrary<Mutation> {
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
