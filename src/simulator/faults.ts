import { writePointer } from '../codec/sink.js';
import type { StructDescription } from '../codec/struct.js';
import type { Form } from '../native/types.js';

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

/** What an answer holds: structs in a form, a multi-string, a string, or something without either. */
export type Content = { readonly struct: StructDescription; readonly form: Form } | 'multiString' | 'string' | 'plain';

/** A kind of reply that cannot be right. `never-satisfied` asks for a larger buffer for ever. */
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

/** Where a fault finds what it spoils, in bytes from the start of a struct. */
interface Places {
  readonly structSize?: number;
  /** The last pointer to a string. */
  readonly string?: number;
  /** The last array behind a pointer. */
  readonly array?: { readonly pointer: number; readonly count: number; readonly structSize: number };
  readonly multiString?: boolean;
}

type Change = (answer: Answer, places: Places) => void;

const CHANGES: Readonly<Record<Exclude<Fault, 'never-satisfied'>, Change>> = {
  'pointer-low': lastString(() => 0x10n),
  'pointer-end': lastString(({ address, bytes }) => address + BigInt(bytes.length)),
  'pointer-wrap': lastString(() => -8n),
  'pointer-structs': lastString(({ address }) => address + 2n),
  'array-low': lastArray(() => 0x10n, 1),
  'array-null': lastArray(() => 0n, 3),
  'array-huge-null': lastArray(() => 0n, 0xffffffff),
  'array-count': lastArray(({ address, used }) => address + BigInt(used), 0xffffffff),
  'array-overrun': lastArray(({ address, bytes }, size) => address + BigInt(bytes.length - size / 2), 1),
  'count-large': (answer, { structSize = 1 }) => {
    if (answer.count === undefined) answer.size = answer.bytes.length + answer.unit;
    else answer.count = Math.floor(answer.bytes.length / structSize) + 1;
  },
  'count-huge-null': answer => {
    answer.bytes.fill(0);
    answer.count = 0xffffffff;
  },
  'count-unwritten': answer => {
    answer.bytes.fill(0);
    answer.count = undefined;
  },
  unterminated: (answer, { string, multiString }) => {
    if (multiString) answer.bytes.fill('x');
    if (string === undefined) return;
    // The last string of the answer is the last piece: without its end, it runs into what follows.
    let last = answer.used - 1;
    while (last > 0 && answer.bytes[last] === 0) last--;
    answer.bytes.fill('x', last);
  },
  'size-large': answer => {
    answer.size = answer.bytes.length + answer.unit;
  },
};

export const FAULTS: readonly Fault[] = ['never-satisfied', ...(Object.keys(CHANGES) as (keyof typeof CHANGES)[])];

/** Spoils a right answer. One that has no such place stays right. */
export function spoil(fault: Fault, answer: Answer, content: Content): void {
  if (fault !== 'never-satisfied') CHANGES[fault](answer, placesIn(content));
}

function placesIn(content: Content): Places {
  if (content === 'multiString' || content === 'string') return { multiString: true };
  if (content === 'plain') return {};
  const { struct, form } = content;
  const { layout } = struct.in(form);
  const at = layout.at as Readonly<Record<string, number>>;
  let places: Places = { structSize: layout.size };
  for (const { kind } of Object.values(struct.fields)) {
    if (kind.type === 'string') places = { ...places, string: at[kind.member] as number };
    if (kind.type === 'array') {
      const [pointer, count] = [at[kind.pointer] as number, at[kind.count] as number];
      places = { ...places, array: { pointer, count, structSize: kind.struct.in(form).layout.size } };
    }
  }
  return places;
}

function lastString(pointer: (answer: Answer) => bigint): Change {
  return (answer, { structSize = 0, string }) => {
    if (string !== undefined) writePointer(answer.bytes, (answer.structs - 1) * structSize + string, pointer(answer));
  };
}

function lastArray(pointer: (answer: Answer, size: number) => bigint, count: number): Change {
  return (answer, { structSize = 0, array }) => {
    if (array === undefined) return;
    const last = (answer.structs - 1) * structSize;
    answer.bytes.writeUInt32LE(count, last + array.count);
    writePointer(answer.bytes, last + array.pointer, pointer(answer, array.structSize));
  };
}
