import functions from '../fixtures/functions.json';

/** The memory into which a call answers. */
export interface ReplyMemory {
  /** In bytes, characters or structs. */
  readonly size: Uint32Array;
  /** How many structs there are; a number of its own where the export has no such parameter. */
  readonly count: Uint32Array;
  /** Null where only the size is asked for. */
  readonly bytes: Buffer | null;
}

/** Where a call answers, by the names and directions of its parameters. */
export function replyMemoryOf(name: string, args: readonly unknown[]): ReplyMemory {
  const params = functions.find(each => each.name === name)?.params ?? [];
  const numbers = params.flatMap((param, index) => {
    const value = args[index];
    return /^(PULONG|ULONG \*)$/.test(param.type) && value instanceof Uint32Array ? [{ param, value }] : [];
  });
  const size = numbers.find(({ param }) => /Size/.test(param.name)) ?? numbers[0];
  const count = numbers.find(each => each !== size);
  const written = params.flatMap(({ name, type, dir }, index) => {
    // Of two the header says that they go in.
    const isWritten = dir !== 'in' || ['VersionInfo', 'InitiatorNodeName'].includes(name);
    return isWritten && type !== 'PULONG' && type !== 'ULONG *' ? [args[index]] : [];
  });
  const bytes = written.find(each => Buffer.isBuffer(each));
  return {
    size: size?.value ?? new Uint32Array(1),
    count: count?.value ?? new Uint32Array(1),
    bytes: (bytes as Buffer | undefined) ?? null,
  };
}
