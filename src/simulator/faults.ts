import { writePointer } from '../codec/sink.js';
import type { FieldKind, StructDescription } from '../codec/struct.js';
import type { Form } from '../native/types.js';
import { readPointer } from './native-memory.js';

/** An answer before it is written: bytes of the whole buffer given, and the two numbers. */
export interface Answer {
  readonly bytes: Buffer;
  readonly address: bigint;
  /** Bytes of the buffer in use. */
  readonly used: number;
  /** What the size counts, in bytes. */
  readonly unit: number;
  /** In bytes. */
  size: number;
  /** The structs in it. */
  readonly structs: number;
  /** The count that is reported; undefined where the export has no such parameter, or does not write it. */
  count: number | undefined;
}

/**
 * What an answer holds: structs in a form, from its start or `at` an offset, a multi-string, a string, or something
 * without either.
 */
export type Content =
  | { readonly struct: StructDescription; readonly form: Form; readonly at?: number }
  | 'multiString'
  | 'string'
  | 'plain';

/** A kind of reply that cannot be right. `never-satisfied` asks for a larger buffer forever. */
export type Fault =
  | 'never-satisfied'
  | 'pointer-low'
  | 'pointer-end'
  | 'pointer-wrap'
  | 'pointer-structs'
  | 'array-low'
  | 'array-null'
  | 'array-huge-null'
  | 'array-count'
  | 'array-overrun'
  | 'count-large'
  | 'count-huge-null'
  | 'count-unwritten'
  | 'unterminated'
  | 'size-large';

/** Where a fault finds what it spoils, in bytes from the start of the answer. */
interface Places {
  /** The size of one of the structs at the start. */
  readonly structSize?: number;
  /** A pointer to a string, to bytes or to a struct. */
  pointer?: number;
  /** The count of structs or bytes, and the pointer to them: those of an array in a struct have none. */
  array?: { readonly pointer?: number; readonly count: number; readonly elementSize: number };
  /** Characters in a struct. */
  text?: { readonly at: number; readonly size: number };
  /** The answer has strings behind pointers. */
  strings?: boolean;
  readonly multiString?: boolean;
}

type Change = (answer: Answer, places: Places) => void;

const CHANGES: Readonly<Record<Exclude<Fault, 'never-satisfied'>, Change>> = {
  'pointer-low': lastPointer(() => 0x10n),
  'pointer-end': lastPointer(({ address, bytes }) => address + BigInt(bytes.length)),
  'pointer-wrap': lastPointer(() => -8n),
  'pointer-structs': lastPointer(({ address }) => address + 2n),
  'array-low': lastArray(() => 0x10n, 1),
  'array-null': lastArray(() => 0n, 3),
  'array-huge-null': lastArray(() => 0n, 0xffffffff),
  'array-count': lastArray(({ address, used }) => address + BigInt(used), 0xffffffff),
  'array-overrun': lastArray(({ address, bytes }, size) => address + BigInt(bytes.length - Math.floor(size / 2)), 1),
  'count-large': (answer, { structSize = 1 }) => {
    if (answer.count === undefined) answer.size = answer.bytes.length + answer.unit;
    else answer.count = Math.floor(answer.bytes.length / structSize) + 1;
  },
  'count-huge-null': answer => {
    answer.bytes.fill(0);
    if (answer.count === undefined) answer.size = 0xffffffff * answer.unit;
    else answer.count = 0xffffffff;
  },
  'count-unwritten': answer => {
    answer.bytes.fill(0);
    answer.count = undefined;
  },
  unterminated: (answer, { strings, text, multiString }) => {
    if (multiString) answer.bytes.fill('x');
    else if (strings) {
      // The last string of the answer is the last piece: without its end, it runs into what follows.
      let last = answer.used - 1;
      while (last > 0 && answer.bytes[last] === 0) last--;
      answer.bytes.fill('x', last);
    } else if (text) answer.bytes.fill('x', text.at, text.at + text.size);
  },
  'size-large': answer => {
    answer.size = answer.bytes.length + answer.unit;
  },
};

export const FAULTS: readonly Fault[] = ['never-satisfied', ...(Object.keys(CHANGES) as (keyof typeof CHANGES)[])];

/** Spoils a right answer. One that has no such place stays right. */
export function spoil(fault: Fault, answer: Answer, content: Content): void {
  if (fault !== 'never-satisfied') CHANGES[fault](answer, placesIn(answer, content));
}

/** The places in the last structs that have them. */
function placesIn(answer: Answer, content: Content): Places {
  if (content === 'multiString' || content === 'string') return { multiString: true };
  if (content === 'plain') return {};
  const { struct, form, at = 0 } = content;
  const { size } = struct.in(form).layout;
  const places: Places = { structSize: size };
  // A struct that is not there has no bytes.
  for (let start = at; start + size <= at + answer.structs * size && start + size <= answer.used; start += size) {
    findPlaces(answer, struct, form, start, places);
  }
  return places;
}

function findPlaces(answer: Answer, struct: StructDescription, form: Form, start: number, places: Places): void {
  const { at: offsets, sizeOf } = struct.in(form).layout as unknown as Record<'at' | 'sizeOf', Record<string, number>>;
  const placeOf = (member: string) => start + (offsets[member] as number);
  for (const { kind: outer } of Object.values(struct.fields)) {
    const kind = withoutCondition(outer);
    switch (kind.type) {
      case 'string':
        places.pointer = placeOf(kind.member);
        places.strings = true;
        break;
      case 'text':
        places.text = { at: placeOf(kind.member), size: sizeOf[kind.member] as number };
        break;
      case 'struct':
        findPlaces(answer, kind.struct, form, placeOf(kind.member), places);
        break;
      case 'pointer': {
        const target = targetOf(answer, placeOf(kind.member));
        if (target === undefined) break;
        places.pointer = placeOf(kind.member);
        const behind: Places = {};
        findPlaces(answer, kind.struct, form, target, behind);
        if (behind.array) places.array = behind.array;
        break;
      }
      case 'array': {
        const pointer = placeOf(kind.pointer);
        const elementSize = kind.struct.in(form).layout.size;
        if (targetOf(answer, pointer) !== undefined) {
          places.array = { pointer, count: placeOf(kind.count), elementSize };
        }
        break;
      }
      case 'octets': {
        const pointer = placeOf(kind.pointer);
        if (targetOf(answer, pointer) !== undefined) {
          places.pointer = pointer;
          places.array = { pointer, count: placeOf(kind.length), elementSize: 1 };
        }
        break;
      }
      case 'inlineArray': {
        const count = answer.bytes.readUInt32LE(placeOf(kind.count));
        const { size } = kind.struct.in(form).layout;
        if (count > 0) findPlaces(answer, kind.struct, form, placeOf(kind.member) + (count - 1) * size, places);
        places.array = { count: placeOf(kind.count), elementSize: size };
        break;
      }
    }
  }
}

/** The field itself, of one that is there only under a condition. */
function withoutCondition(kind: FieldKind): FieldKind {
  return kind.type === 'specified' || kind.type === 'unlessEmpty' ? withoutCondition(kind.field) : kind;
}

/** Where the pointer at this place leads to, from the start of the answer; undefined for NULL. */
function targetOf({ bytes, address }: Answer, at: number): number | undefined {
  const pointer = readPointer(bytes, at);
  return pointer === null ? undefined : Number(pointer - address);
}

function lastPointer(pointer: (answer: Answer) => bigint): Change {
  return (answer, places) => {
    if (places.pointer !== undefined) writePointer(answer.bytes, places.pointer, pointer(answer));
  };
}

function lastArray(pointer: (answer: Answer, size: number) => bigint, count: number): Change {
  return (answer, { array }) => {
    if (array === undefined) return;
    answer.bytes.writeUInt32LE(count, array.count);
    if (array.pointer !== undefined) writePointer(answer.bytes, array.pointer, pointer(answer, array.elementSize));
  };
}
