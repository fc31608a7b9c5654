import { layoutOf } from '../memory/layout.js';
import { typeOf } from '../native/types.js';

/** An answer of `GetIScsiSessionListA/W` before it is written: bytes of the whole buffer given, and the two numbers. */
export interface Answer {
  readonly bytes: Buffer;
  readonly address: bigint;
  /** Bytes of the buffer in use. */
  readonly used: number;
  size: number;
  count: number;
}

type Change = (answer: Answer) => void;

const CHANGES = {
  'pointer-low': lastTargetName(() => 0x10n),
  'pointer-end': lastTargetName(({ address, bytes }) => address + BigInt(bytes.length)),
  'pointer-wrap': lastTargetName(() => -8n),
  'pointer-structs': lastTargetName(({ address }) => address + 2n),
  'connections-low': lastConnections(() => 0x10n, 1),
  'connections-null': lastConnections(() => 0n, 3),
  'connections-huge-null': lastConnections(() => 0n, 0xffffffff),
  'connections-count': lastConnections(({ address, used }) => address + BigInt(used), 0xffffffff),
  'connections-overrun': lastConnections(
    ({ address, bytes }) => address + BigInt(bytes.length - layoutOf('ISCSI_CONNECTION_INFOW').size / 2),
    1,
  ),
  'count-large': answer => {
    answer.count = Math.floor(answer.bytes.length / layoutOf('ISCSI_SESSION_INFOW').size) + 1;
  },
  'count-huge-null': answer => {
    answer.bytes.fill(0);
    answer.count = 0xffffffff;
  },
  unterminated: answer => {
    // The last string of the answer is the last piece: without its end, it runs into what follows.
    let last = answer.used - 1;
    while (last > 0 && answer.bytes[last] === 0) last--;
    answer.bytes.fill('x', last);
  },
  'size-large': answer => {
    answer.size = answer.bytes.length + 1;
  },
} satisfies Record<string, Change>;

/** A kind of reply that cannot be right. `never-satisfied` asks for a larger buffer for ever. */
export type Lie = keyof typeof CHANGES | 'never-satisfied';

export const LIES: readonly Lie[] = ['never-satisfied', ...(Object.keys(CHANGES) as (keyof typeof CHANGES)[])];

/** Spoils a right answer. */
export function spoil(lie: Lie, answer: Answer): void {
  if (lie !== 'never-satisfied') CHANGES[lie](answer);
}

function lastTargetName(pointer: (answer: Answer) => bigint): Change {
  return answer => {
    const { size, at } = layoutOf('ISCSI_SESSION_INFOW');
    writePointer(answer.bytes, (answer.count - 1) * size + at.TargetName, pointer(answer));
  };
}

function lastConnections(pointer: (answer: Answer) => bigint, count: number): Change {
  return answer => {
    const { size, at } = layoutOf('ISCSI_SESSION_INFOW');
    const session = (answer.count - 1) * size;
    answer.bytes.writeUInt32LE(count, session + at.ConnectionCount);
    writePointer(answer.bytes, session + at.Connections, pointer(answer));
  };
}

function writePointer(bytes: Buffer, at: number, pointer: bigint): void {
  if (typeOf('PVOID').size === 8) bytes.writeBigUInt64LE(BigInt.asUintN(64, pointer), at);
  else bytes.writeUInt32LE(Number(BigInt.asUintN(32, pointer)), at);
}
