import { invalidArgument } from '../errors.js';
import { guidBytes, readGuid } from './guid.js';
import { hexUint64 } from './hexadecimal.js';
import type { Binding, Field, Names } from './struct.js';
import { parseUniqueId, uniqueIdMemory } from './unique-id.js';

/** The name of a number in a struct; a number without a known name stays a number. */
export type Named<Name extends string> = Name | number;

/** The names of the bits that are set; a bit without a known name is its number, behind the names. */
export type Flags<Name extends string> = (Name | number)[];

/** Flags as they are given: a number or a bigint of bits does as well. */
export type FlagsInput<Name extends string> = readonly (Name | number)[] | number | bigint;

const MOST_64 = 2n ** 64n - 1n;

/** An unsigned number of 8, 16 or 32 bits. */
export function unsigned(member: string): Field<number> {
  return {
    kind: { type: 'unsigned', member },
    bind: binding => {
      const { offset, size, read } = place(binding, member);
      return {
        read: ({ view }, at) => read(view, at + offset),
        write: (_, { bytes }, at, value) =>
          bytes.writeUIntLE(checkUnsigned(value, size, binding.property), at + offset, size),
      };
    },
  };
}

/** A BOOLEAN. */
export function flag(member: string): Field<boolean> {
  return {
    kind: { type: 'flag', member },
    bind: binding => {
      const { offset } = place(binding, member);
      return {
        read: ({ view }, at) => view.getUint8(at + offset) !== 0,
        write: (_, { bytes }, at, value) => {
          if (typeof value !== 'boolean') throw invalidArgument(`${binding.property} must be true or false`, value);
          bytes.writeUInt8(value ? 1 : 0, at + offset);
        },
      };
    },
  };
}

/** An enumeration. */
export function named<Name extends string>(member: string, names: Names<Name>): Field<Named<Name>> {
  const numbers = numbersOf(names);
  return {
    kind: { type: 'named', member, names },
    bind: binding => {
      const { offset, size, read } = place(binding, member);
      return {
        read: ({ view }, at) => nameOf(names, read(view, at + offset)),
        write: (_, { bytes }, at, value) => {
          const number = typeof value === 'string' ? numbers.get(value) : value;
          if (number === undefined) throw unknownName(binding.property, numbers, value);
          bytes.writeUIntLE(checkUnsigned(number, size, binding.property), at + offset, size);
        },
      };
    },
  };
}

/** A set of bits, of 32 or 64. A number or a bigint of bits is taken too, and undefined for none. */
export function flags<Name extends string>(member: string, names: Names<Name>): Field<FlagsInput<Name> | undefined> {
  return {
    kind: { type: 'flags', member, names },
    bind: binding => {
      const { offset, size } = place(binding, member);
      return {
        read: ({ view }, at) =>
          flagNames(
            names,
            size === 8 ? view.getBigUint64(at + offset, true) : BigInt(view.getUint32(at + offset, true)),
          ),
        write: (_, { bytes }, at, value) => {
          if (value === undefined) return;
          const number = flagBits(binding.property, names, size, value);
          if (size === 8) bytes.writeBigUInt64LE(number, at + offset);
          else bytes.writeUInt32LE(Number(number), at + offset);
        },
      };
    },
  };
}

/** A 64-bit number as a `number`: not exact above 2^53. */
export function uint64(member: string): Field<number> {
  return {
    kind: { type: 'uint64', member },
    bind: binding => {
      const { offset } = place(binding, member);
      return {
        read: ({ view }, at) => Number(view.getBigUint64(at + offset, true)),
        write: (_, { bytes }, at, value) => {
          // What was read as 2^64 was a little less.
          if (!Number.isInteger(value) || value < 0 || value > 2 ** 64) {
            throw invalidArgument(`${binding.property} must be a whole number from 0 to 2^64`, value);
          }
          bytes.writeBigUInt64LE(value === 2 ** 64 ? MOST_64 : BigInt(value), at + offset);
        },
      };
    },
  };
}

/** A 64-bit number as hexadecimal without padding. */
export function hex64(member: string): Field<string> {
  return {
    kind: { type: 'hex64', member },
    bind: binding => {
      const { offset } = place(binding, member);
      return {
        read: ({ view }, at) => hexUint64(view, at + offset),
        write: (_, { bytes }, at, value) => {
          if (typeof value !== 'string' || !/^[0-9a-f]{1,16}$/i.test(value)) {
            throw invalidArgument(`${binding.property} must be a hexadecimal number of 1 to 16 digits`, value);
          }
          bytes.writeBigUInt64LE(BigInt(`0x${value}`), at + offset);
        },
      };
    },
  };
}

/** Bytes in hexadecimal, in the order in which they lie. */
export function hex(member: string): Field<string> {
  return {
    kind: { type: 'hex', member },
    bind: binding => {
      const { offset, size } = place(binding, member);
      return {
        read: ({ bytes }, at) => bytes.toString('hex', at + offset, at + offset + size),
        write: (_, { bytes }, at, value) => {
          if (typeof value !== 'string' || !/^([0-9a-f]{2})*$/i.test(value) || value.length !== size * 2) {
            throw invalidArgument(`${binding.property} must be ${size} bytes in hexadecimal`, value);
          }
          bytes.write(value, at + offset, 'hex');
        },
      };
    },
  };
}

/** A GUID as text, lower case, with hyphens. */
export function guid(member: string): Field<string> {
  return {
    kind: { type: 'guid', member },
    bind: ({ at: offsets }) => {
      const offset = offsets[member] as number;
      return {
        read: ({ bytes }, at) => readGuid(bytes, at + offset),
        write: (_, { bytes }, at, value) => bytes.set(guidBytes(value), at + offset),
      };
    },
  };
}

/** The id of a session or a connection as text. */
export function uniqueId(member: string): Field<string> {
  return {
    kind: { type: 'uniqueId', member },
    bind: ({ at: offsets }) => {
      const offset = offsets[member] as number;
      return {
        read: ({ ids }, at) => ids.read(at + offset),
        write: (_, { bytes }, at, value) => bytes.set(uniqueIdMemory(parseUniqueId(value)), at + offset),
      };
    },
  };
}

/** A set of flags as a number of `size` bytes. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT` for a name that is not one of them. */
export function flagBits(property: string, names: Names<string>, size: number, value: unknown): bigint {
  const bits = numbersOf(names);
  let sum = 0n;
  for (const one of Array.isArray(value) ? value : [value]) {
    const bit = Array.isArray(value) && typeof one === 'string' ? bits.get(one) : one;
    const whole = typeof bit === 'bigint' || Number.isInteger(bit);
    if (!whole || (bit as number | bigint) < 0) throw unknownName(property, bits, one);
    sum |= BigInt(bit as number | bigint);
  }
  if (sum > MOST_64 >> BigInt(64 - 8 * size)) throw unknownName(property, bits, value);
  return sum;
}

/** The names of the bits that are set. */
export function flagNames<Name extends string>(names: Names<Name>, bits: bigint): Flags<Name> {
  const known: Flags<Name> = [];
  const unknown: number[] = [];
  for (let bit = 1n, rest = bits; rest > 0n; bit <<= 1n) {
    if ((rest & bit) === 0n) continue;
    rest &= ~bit;
    const name = names[Number(bit)];
    if (name === undefined) unknown.push(Number(bit));
    else known.push(name);
  }
  return [...known, ...unknown];
}

/** The name of a number, else the number. */
export function nameOf<Name extends string>(names: Names<Name>, value: number): Named<Name> {
  return Object.hasOwn(names, value) ? (names[value] as Name) : value;
}

function numbersOf(names: Names<string>): Map<unknown, number> {
  return new Map(Object.entries(names).map(([number, name]) => [name, Number(number)]));
}

function unknownName(property: string, numbers: ReadonlyMap<unknown, number>, value: unknown): Error {
  return invalidArgument(`${property} must be one of ${[...numbers.keys()].join(', ')}, or a number`, value);
}

function checkUnsigned(value: unknown, size: number, property: string): number {
  const most = 2 ** (size * 8) - 1;
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most) return value as number;
  throw invalidArgument(`${property} must be a whole number from 0 to ${most}`, value);
}

type ReadNumber = (view: DataView, at: number) => number;

const READ: Readonly<Record<number, ReadNumber>> = {
  1: (view, at) => view.getUint8(at),
  2: (view, at) => view.getUint16(at, true),
  4: (view, at) => view.getUint32(at, true),
};

function place({ at, sizeOf }: Binding, member: string): { offset: number; size: number; read: ReadNumber } {
  const size = sizeOf[member] as number;
  return { offset: at[member] as number, size, read: READ[size] as ReadNumber };
}
