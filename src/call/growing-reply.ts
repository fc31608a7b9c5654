import { type Reply, ReplyMemory } from '../codec/source.js';
import { IscsidscError } from '../errors.js';
import type { ExportName, Memory } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { ERROR_INSUFFICIENT_BUFFER, ERROR_NOACCESS, hasWorked, SUCCESS, win32CodeOf } from '../native/status.js';
import { type LibraryState, stateOf } from './library-state.js';
import { deferredCall, type NativeCall, nativeCall, type Procedure } from './procedure.js';
import { statusError } from './status.js';

// A much larger first buffer has been answered with ERROR_NOACCESS on some versions of Windows, from about 100 kB.
const FIRST_SIZE = 32 * 1024;
const LEAST_SLACK = 4 * 1024;
const LARGEST_SIZE = 16 * 1024 * 1024;
const LARGEST_SPARE = 1024 * 1024;
const MOST_CALLS = 8;

/** An export that fills a buffer and says how large it must be. */
export interface SizedExport {
  readonly syscall: ExportName;
  /** The parameter that holds the size. */
  readonly sizeName: string;
  /** What the size counts, in bytes: 1, a character, or a struct. */
  readonly unit: number;
  /** What the count of structs counts, in bytes, where there is such a parameter. */
  readonly structSize?: number;
  call(memory: { size: Memory; count: Memory; buffer: Memory }): NativeCall;
}

/**
 * Calls until the buffer is large enough, and hands the answer to `read`. The list can have grown again by the next
 * call, and the size that is asked for can be nonsense, so the number of calls and the size are bounded.
 */
export function* growingReply<Result>(
  library: Library,
  { syscall, sizeName, unit, structSize = unit, call }: SizedExport,
  read: (memory: ReplyMemory) => Result,
): Procedure<Result> {
  const state = stateOf(library);
  // In bytes, like all sizes here.
  let size = state.sizes.get(syscall) ?? FIRST_SIZE;
  let exact = false;
  for (let calls = 0; calls < MOST_CALLS; calls++) {
    let memory!: ReplyMemory;
    const status = yield deferredCall(library, syscall, () => {
      memory = takeMemory(state, syscall, size);
      memory.size[0] = Math.floor(size / unit);
      memory.count[0] = Math.floor(size / structSize);
      // A size of 0 with no buffer asks for the size alone.
      return call({ size: memory.size, count: memory.count, buffer: size === 0 ? null : memory.bytes });
    });
    const answered = (memory.size[0] as number) * unit;
    switch (hasWorked(status) ? SUCCESS : win32CodeOf(status)) {
      case SUCCESS: {
        if (answered > size) {
          throw memory.reply.malformed(sizeName, undefined, `${answered} bytes used of ${size} given`);
        }
        const result = read(memory);
        memory.clear(unit === 1 ? (memory.count[0] as number) * structSize : answered);
        giveBack(state, syscall, memory);
        return result;
      }
      case ERROR_INSUFFICIENT_BUFFER:
        size = grown(syscall, size, answered, exact);
        break;
      case ERROR_NOACCESS:
        if (exact) throw statusError(status, { library, syscall });
        // The buffer was too large for this Windows: ask how much it takes, and give just that.
        exact = true;
        size = 0;
        break;
      default:
        throw statusError(status, { library, syscall });
    }
  }
  throw new IscsidscError('ERR_ISCSIDSC_BUFFER_RETRIES', `${syscall} found ${MOST_CALLS} buffers too small in a row.`, {
    hint: 'The list grows faster than it can be read; try again.',
    syscall,
  });
}

function takeMemory({ spares }: LibraryState, syscall: ExportName, size: number): ReplyMemory {
  const spare = spares.get(syscall);
  spares.delete(syscall);
  return spare?.bytes.length === size ? spare : new ReplyMemory(size, syscall);
}

function giveBack({ sizes, spares }: LibraryState, syscall: ExportName, memory: ReplyMemory): void {
  const size = memory.bytes.length;
  if (size === 0) return;
  sizes.set(syscall, size);
  if (size <= LARGEST_SPARE) spares.set(syscall, memory);
}

function grown(syscall: ExportName, given: number, asked: number, exact: boolean): number {
  if (asked > LARGEST_SIZE || given >= LARGEST_SIZE) {
    throw new IscsidscError(
      'ERR_ISCSIDSC_BUFFER_TOO_LARGE',
      `${syscall} asks for ${asked} bytes; at most ${LARGEST_SIZE} are given.`,
      { hint: 'No real list is that long: restart the service MSiSCSI.', syscall },
    );
  }
  // The size that is asked for can be 0, or no larger than what was given: grow anyway.
  if (asked <= given) return Math.min(Math.max(given * 2, LEAST_SLACK), LARGEST_SIZE);
  return exact ? asked : Math.min(asked + Math.max(asked >>> 3, LEAST_SLACK), LARGEST_SIZE);
}

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
