import fc from 'fast-check';
import { structs } from 'iscsidsc/raw';
import koffi from 'koffi';

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
const SESSION = structs.ISCSI_SESSION_INFOW;
const CONNECTION = structs.ISCSI_CONNECTION_INFOW;
const POINTERS = ['InitiatorName', 'TargetNodeName', 'TargetName', 'Connections'] as const;
const UINT32 = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.constant(0xffffffff),
);
// Small lists use the first few kilobytes of the buffer.
const PLACE = fc.oneof({ arbitrary: fc.nat(1500), weight: 4 }, fc.nat(40_000));

/** One or more changes, the last of them on top. */
export function anyMutations(): fc.Arbitrary<Mutation[]> {
  return fc.array(fc.oneof(flip(), fill(), cut(), pointer(), wildPointer(), connections(), count(), size()), {
    minLength: 1,
    maxLength: 4,
  });
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

function pointer(): fc.Arbitrary<Mutation> {
  return fc
    .tuple(fc.nat(8), fc.constantFrom(...POINTERS), fc.boolean(), TARGET)
    .map(([index, name, odd, [to, address]]) =>
      mutation(`session ${index}'s ${name} to ${to}${odd ? ' + 1' : ''}`, ({ bytes }) => {
        const base = BigInt(koffi.address(bytes));
        writePointer(bytes, memberAt(index, name), address(base, BigInt(bytes.length)) + (odd ? 1n : 0n));
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

/** An array of connections of its own making: several sessions can share it. */
function connections(): fc.Arbitrary<Mutation> {
  const offset = fc.oneof(fc.nat(1500), fc.integer({ min: -2 * CONNECTION.size, max: 0 }));
  return fc.tuple(fc.nat(8), UINT32, offset).map(([index, number, offset]) =>
    mutation(`session ${index} has ${number} connections at ${offset}`, ({ bytes }) => {
      const base = BigInt(koffi.address(bytes));
      const at = memberAt(index, 'ConnectionCount');
      if (at + 4 <= bytes.length) bytes.writeUInt32LE(number, at);
      writePointer(bytes, memberAt(index, 'Connections'), base + BigInt(offset < 0 ? bytes.length + offset : offset));
    }),
  );
}

function count(): fc.Arbitrary<Mutation> {
  return UINT32.map(value =>
    mutation(`SessionCount ${value}`, ({ count }) => {
      count[0] = value;
    }),
  );
}

function size(): fc.Arbitrary<Mutation> {
  return fc.oneof(UINT32, fc.nat(40_000)).map(value =>
    mutation(`BufferSize ${value}`, ({ size }) => {
      size[0] = value;
    }),
  );
}

function inside(offset: number): [string, (base: bigint) => bigint] {
  return [`offset ${offset}`, base => base + BigInt(offset)];
}

function memberAt(session: number, member: keyof typeof SESSION.members): number {
  return session * SESSION.size + SESSION.members[member].offset;
}

function writePointer(bytes: Buffer, at: number, address: bigint): void {
  if (at + POINTER_SIZE > bytes.length) return;
  if (POINTER_SIZE === 8) bytes.writeBigUInt64LE(BigInt.asUintN(64, address), at);
  else bytes.writeUInt32LE(Number(BigInt.asUintN(32, address)), at);
}

function mutation(what: string, apply: Mutation['apply']): Mutation {
  return { what, apply, toString: () => what } as Mutation;
}
