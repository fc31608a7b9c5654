import { isUint8Array } from 'node:util/types';
import { invalidArgument, invalidSecret } from '../errors.js';
import { octetCount, type Piece, type Sink } from './sink.js';
import { isAscii } from './strings.js';
import type { Binding, Field, Struct } from './struct.js';

/** Text in an array of characters, up to its terminator. */
export function text(member: string): Field<string> {
  return {
    kind: { type: 'text', member },
    bind: ({ at: offsets, sizeOf, label, property }) => {
      const offset = offsets[member] as number;
      const size = sizeOf[member] as number;
      return {
        read: ({ strings }, at) => strings.fixed(at + offset, size, `${label}.${member}`),
        write: (sink, { bytes }, at, value) => {
          if (typeof value !== 'string' || value.includes('\0')) {
            throw invalidArgument(`${property} must be a string without NUL characters`, value);
          }
          const most = size / sink.text.unit - 1;
          const tooLong = () => invalidArgument(`${property} must have at most ${most} characters`, value);
          if (value.length > most) throw tooLong();
          const encoded = sink.text.encode(value);
          if (encoded.length > most * sink.text.unit) throw tooLong();
          bytes.set(encoded, at + offset);
        },
      };
    },
  };
}

/** A string behind a pointer; null where the pointer is NULL. */
export function string(member: string): Field<string | null> {
  return {
    kind: { type: 'string', member },
    bind: ({ at: offsets, label, property }) => {
      const offset = offsets[member] as number;
      return {
        read: ({ strings }, at) => strings.read(at + offset, `${label}.${member}`),
        write: (sink, { pointers }, at, value) => {
          if (value === null) return;
          if (typeof value !== 'string' || value.includes('\0')) {
            throw invalidArgument(`${property} must be null or a string without NUL characters`, value);
          }
          pointers.push({ at: at + offset, to: sink.addString(value) });
        },
      };
    },
  };
}

/** A struct inside the struct. */
export function nested<Value extends object>(member: string, struct: Struct<Value>): Field<Value> {
  return {
    kind: { type: 'struct', member, struct },
    bind: ({ at: offsets, form, property }) => {
      const offset = offsets[member] as number;
      const bound = struct.in(form);
      return {
        read: (source, at) => bound.read(source, at + offset),
        write: (sink, piece, at, value) => bound.write(sink, piece, at + offset, value, property),
      };
    },
  };
}

/** An array of structs behind a pointer, with its count; empty where the count is 0. */
export function array<Value extends object>(pointer: string, count: string, struct: Struct<Value>): Field<Value[]> {
  return {
    kind: { type: 'array', pointer, count, struct },
    bind: ({ at: offsets, form, label, property }) => {
      const [pointerAt, countAt] = [offsets[pointer] as number, offsets[count] as number];
      const bound = struct.in(form);
      return {
        read: (source, at) => {
          const length = source.view.getUint32(at + countAt, true);
          if (length === 0) return [];
          const first = source.reply.claimArray(at + pointerAt, length, bound.size, `${label}.${pointer}`);
          return bound.readArray(source, first, length);
        },
        write: (sink, { bytes, pointers }, at, values) => {
          if (Array.isArray(values) && values.length === 0) return;
          const to = bound.writeArray(sink, values, property);
          pointers.push({ at: at + pointerAt, to });
          bytes.writeUInt32LE(values.length, at + countAt);
        },
      };
    },
  };
}

/** An array of structs that begins inside the struct and goes on behind it, with its count. */
export function inlineArray<Value extends object>(
  member: string,
  count: string,
  struct: Struct<Value>,
): Field<Value[]> {
  return {
    kind: { type: 'inlineArray', member, count, struct },
    bind: ({ at: offsets, form, label, property }) => {
      const [offset, countAt] = [offsets[member] as number, offsets[count] as number];
      const bound = struct.in(form);
      return {
        read: (source, at) => {
          const length = source.view.getUint32(at + countAt, true);
          source.reply.claimInline(at + offset, length, bound.size, `${label}.${member}`);
          return bound.readArray(source, at + offset, length);
        },
        write: (sink, piece, at, values) => {
          if (!Array.isArray(values)) throw invalidArgument(`${property} must be an array`, values);
          sink.lengthen(piece, at + offset + values.length * bound.size);
          piece.bytes.writeUInt32LE(values.length, at + countAt);
          for (const [index, value] of values.entries()) {
            bound.write(sink, piece, at + offset + index * bound.size, value, `Each of the ${property}`);
          }
        },
      };
    },
  };
}

/** A struct behind a pointer; null where the pointer is NULL. */
export function pointer<Value extends object>(member: string, struct: Struct<Value>): Field<Value | null> {
  return {
    kind: { type: 'pointer', member, struct },
    bind: ({ at: offsets, form, label, property }) => {
      const offset = offsets[member] as number;
      const bound = struct.in(form);
      return {
        read: (source, at) => {
          if (source.reply.pointer(at + offset, `${label}.${member}`) < 0) return null;
          return bound.read(source, source.reply.claimArray(at + offset, 1, bound.size, `${label}.${member}`));
        },
        write: (sink, { pointers }, at, value) => {
          if (value === null) return;
          const to = sink.add(bound.size, 8);
          bound.write(sink, to, 0, value, property);
          pointers.push({ at: at + offset, to });
        },
      };
    },
  };
}

/** A value that reads as undefined, and may be left out, where the member is empty. */
export function unlessEmpty<Value>(field: Field<Value>, empty: Value): Field<Value | undefined> {
  return {
    kind: { type: 'unlessEmpty', empty, field: field.kind },
    bind: binding => {
      const codec = field.bind(binding);
      return {
        read: (source, at) => {
          const value = codec.read(source, at);
          return value === empty ? undefined : value;
        },
        write: (sink, piece, at, value) => {
          if (value !== undefined) codec.write(sink, piece, at, value);
        },
      };
    },
  };
}

/** A value that counts only if its bit of a mask is set; undefined where it is not. */
export function specified<Value>(mask: string, bit: number, field: Field<Value>): Field<Value | undefined> {
  return {
    kind: { type: 'specified', bit, field: field.kind },
    bind: (binding: Binding) => {
      const offset = binding.at[mask] as number;
      const codec = field.bind(binding);
      return {
        read: (source, at) =>
          (source.view.getUint32(at + offset, true) & bit) === 0 ? undefined : codec.read(source, at),
        write: (sink, piece, at, value) => {
          if (value === undefined) return;
          codec.write(sink, piece, at, value);
          piece.bytes.writeUInt32LE((piece.bytes.readUInt32LE(at + offset) | bit) >>> 0, at + offset);
        },
      };
    },
  };
}

/** Bytes as they are given: ASCII text, or any bytes. */
export type Octets = string | Uint8Array;

/** Bytes behind a pointer, with their length and without a terminator. What is not ASCII is read as a Uint8Array. */
export function octets(pointer: string, length: string): Field<Octets> {
  return {
    kind: { type: 'octets', pointer, length },
    bind: ({ at: offsets, label, property }) => {
      const [pointerAt, lengthAt] = [offsets[pointer] as number, offsets[length] as number];
      return {
        read: ({ reply, bytes, view }, at) => {
          const count = view.getUint32(at + lengthAt, true);
          if (count === 0) return '';
          const start = reply.claimArray(at + pointerAt, count, 1, `${label}.${pointer}`);
          const text = bytes.toString('latin1', start, start + count);
          return isAscii(text) ? text : Uint8Array.from(bytes.subarray(start, start + count));
        },
        write: (sink, piece, at, value) => {
          // A caller can pass the secret here by mistake, so no error shows the value.
          writeOctets(sink, piece, at + pointerAt, at + lengthAt, checkSecret(property, value));
        },
      };
    },
  };
}

/** The same, but nobody may see them: they are written and never read, and no error holds them. */
export function secret(pointer: string, length: string): Field<Octets | undefined> {
  return {
    kind: { type: 'secret', pointer, length },
    bind: ({ at: offsets, property }) => {
      const [pointerAt, lengthAt] = [offsets[pointer] as number, offsets[length] as number];
      return {
        read: () => undefined,
        write: (sink, piece, at, value) =>
          writeOctets(sink, piece, at + pointerAt, at + lengthAt, checkSecret(property, value)),
      };
    },
  };
}

/** Returns it. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT` without what was given. */
export function checkSecret(name: string, value: unknown): Octets {
  if (!isOctets(value)) throw invalidSecret(`${name} must be ${OCTETS}`);
  if (octetCount(value) > MOST_OCTETS) throw invalidSecret(`${name} must have at most ${MOST_OCTETS} bytes`);
  return value;
}

// As much as the text of a login can be; a name or a secret is far shorter.
const MOST_OCTETS = 65_535;

const OCTETS = 'a string of ASCII characters or a Uint8Array';

/** Whether a value is ASCII text or bytes. */
export function isOctets(value: unknown): value is Octets {
  return typeof value === 'string' ? isAscii(value) : isUint8Array(value);
}

/** Nothing lies behind a pointer to no bytes: it stays NULL. */
function writeOctets(sink: Sink, piece: Piece, pointerAt: number, lengthAt: number, value: Octets): void {
  const to = sink.addOctets(value);
  if (to.bytes.length === 0) return;
  piece.pointers.push({ at: pointerAt, to });
  piece.bytes.writeUInt32LE(to.bytes.length, lengthAt);
}
