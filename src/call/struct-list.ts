import type { Reply } from '../memory/reply.js';
import type { ReplyMemory } from '../memory/reply-memory.js';
import type { ExportName } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { growingReply } from './growing-reply.js';
import { nativeCall, type Procedure } from './procedure.js';

/** The exports that fill a buffer of so many bytes with so many structs and what they point to. */
type StructListExport = Extract<
  ExportName,
  `GetIScsiSessionList${string}` | `ReportActiveIScsiTargetMappings${string}`
>;

/** Calls such an export until its buffer is large enough, and hands the structs to `read`. */
export function structList<Result>(
  library: Library,
  syscall: StructListExport,
  structSize: number,
  read: (reply: Reply, count: number) => Result,
): Procedure<Result> {
  return growingReply(
    library,
    {
      syscall,
      sizeName: 'BufferSize',
      unit: 1,
      structSize,
      call: ({ size, count, buffer }) => nativeCall(library, syscall, size, count, buffer),
    },
    ({ reply, count: [count = 0] }: ReplyMemory) => read(reply, count),
  );
}
