import { typeOf } from '../native/types.js';

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
  count: number;
}

/** What can be spoilt in the structs of an answer, as offsets in a struct. */
export interface Shape {
  readonly structSize?: number;
  /** A pointer to a string. */
  readonly string?: number;
  /** A pointer to an array, and the number of structs in it. */
  readonly array?: { readonly pointer: number; readonly count: number; readonly structSize: number };
  /** The answer is a multi-string. */
  readonly multiString?: boolean;
}

type Change = (answer: Answer, shape: Shape) => void;

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
  | 'unterminated'
  | 'size-large';

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
  'count-large': (answer, { structSize }) => {
    if (structSize === undefined) answer.size = answer.bytes.length + answer.unit;
    else answer.count = Math.floor(answer.bytes.length / structSize) + 1;
  },
  'count-huge-null': answer => {
    answer.bytes.fill(0);
    answer.count = 0xffffffff;
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
export function spoil(fault: Fault, answer: Answer, shape: Shape): void {
  if (fault !== 'never-satisfied') CHANGES[fault](answer, shape);
}

function lastString(pointer: (answer: Answer) => bigint): Change {
  return (answer, { structSize = 0, string }) => {
    if (string !== undefined) writePointer(answer, (answer.count - 1) * structSize + string, pointer(answer));
  };
}

function lastArray(pointer: (answer: Answer, size: number) => bigint, count: number): Change {
  return (answer, { structSize = 0, array }) => {
    if (array === undefined) return;
    const last = (answer.count - 1) * structSize;
    answer.bytes.writeUInt32LE(count, last + array.count);
    writePointer(answer, last + array.pointer, pointer(answer, array.structSize));
  };
}

function writePointer({ bytes }: Answer, at: number, pointer: bigint): void {
  if (typeOf('PVOID').size === 8) bytes.writeBigUInt64LE(BigInt.asUintN(64, pointer), at);
  else bytes.writeUInt32LE(Number(BigInt.asUintN(32, pointer)), at);
}
