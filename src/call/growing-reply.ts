import { ReplyMemory } from '../codec/source.js';
import { IscsidscError } from '../errors.js';
import type { ExportName } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { ERROR_INSUFFICIENT_BUFFER, ERROR_NOACCESS, hasWorked, SUCCESS, win32CodeOf } from '../native/status.js';
import { type NativeCall, nativeCall, type Procedure } from './procedure.js';
import { statusError } from './status.js';

// A much larger first buffer has been answered with ERROR_NOACCESS on some versions of Windows, from about 100 kB.
const FIRST_SIZE = 32 * 1024;
const LEAST_SLACK = 4 * 1024;
const LARGEST_SIZE = 16 * 1024 * 1024;
const LARGEST_SPARE = 1024 * 1024;
const MOST_CALLS = 8;

/** An export that fills a buffer and reports how large it must be. */
export interface SizedExport {
  readonly syscall: ExportName;
  /** The parameter that holds the size. */
  readonly sizeName: string;
  /** What the size counts, in bytes: 1, a character, or a struct. */
  readonly unit: number;
  /** What the count of structs counts, in bytes, where there is such a parameter. */
  readonly structSize?: number | undefined;
  /** `attempt` is 0 for the first call. */
  call(library: Library, memory: ReplyMemory, attempt: number): NativeCall;
}

/**
 * Calls until the buffer is large enough, and hands the answer to `read`. The list can have grown again by the next
 * call, and the size that is asked for can be nonsense, so the number of calls and the size are bounded.
 */
export function* growingReply<Result>(
  library: Library,
  sized: SizedExport,
  read: (memory: ReplyMemory) => Result,
): Procedure<Result> {
  const { syscall, sizeName, unit, structSize = unit } = sized;
  const kept = keptFor(library, syscall);
  // In bytes, like all sizes here.
  let size = kept.size;
  let exact = false;
  for (let attempt = 0; attempt < MOST_CALLS; attempt++) {
    const call = new SizedCall(library, sized, kept, size, attempt);
    const status = yield call;
    const { memory } = call;
    const answered = (memory.size[0] as number) * unit;
    switch (hasWorked(status) ? SUCCESS : win32CodeOf(status)) {
      case SUCCESS: {
        if (answered > size) {
          throw memory.reply.malformed(sizeName, undefined, `${answered} bytes used of ${size} given`);
        }
        const result = read(memory);
        memory.clear(unit === 1 ? (memory.count[0] as number) * structSize : answered);
        keep(kept, memory);
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

/** A call that takes its memory when its turn comes: one that waits holds none. */
class SizedCall implements NativeCall {
  readonly library: Library;
  readonly syscall: ExportName;
  memory!: ReplyMemory;
  private readonly sized: SizedExport;
  private readonly kept: Kept;
  private readonly size: number;
  private readonly attempt: number;

  constructor(library: Library, sized: SizedExport, kept: Kept, size: number, attempt: number) {
    this.library = library;
    this.syscall = sized.syscall;
    this.sized = sized;
    this.kept = kept;
    this.size = size;
    this.attempt = attempt;
  }

  run(): number {
    return this.prepare().run();
  }

  start(done: (error: Error | null, status: number) => void): void {
    this.prepare().start(done);
  }

  private prepare(): NativeCall {
    const { sized, size } = this;
    const { unit, structSize = unit } = sized;
    const memory = take(this.kept, this.syscall, size);
    this.memory = memory;
    memory.size[0] = Math.floor(size / unit);
    // How many fit, as the documentation has it. A DLL that does not write the count leaves empty structs to be read,
    // and each table refuses those.
    memory.count[0] = Math.floor(size / structSize);
    return sized.call(this.library, memory, this.attempt);
  }
}

/** The exports that fill a buffer of the given number of bytes with structs and what they point to. */
type StructListExport = Extract<
  ExportName,
  `GetIScsiSessionList${string}` | `ReportActiveIScsiTargetMappings${string}`
>;

/** Such an export, whose structs have this size. */
export function structListExport(syscall: StructListExport, sizeOfStruct: () => number): SizedExport {
  return {
    syscall,
    sizeName: 'BufferSize',
    unit: 1,
    get structSize() {
      return sizeOfStruct();
    },
    call: (library, { size, count, buffer }) => nativeCall(library, syscall, size, count, buffer),
  };
}

/** What is kept of an export of a library between calls. */
interface Kept {
  /** The buffer size that was enough the last time, in bytes. */
  size: number;
  /** Memory that no call uses now. */
  spare: ReplyMemory | undefined;
}

const keptOf = new WeakMap<Library, Map<ExportName, Kept>>();
// Programs ask for one list again and again: looking it up in two maps takes as long as the rest of such a call.
let last: { library: Library; syscall: ExportName; kept: Kept } | undefined;

function keptFor(library: Library, syscall: ExportName): Kept {
  if (last?.library === library && last.syscall === syscall) return last.kept;
  let exports = keptOf.get(library);
  if (exports === undefined) {
    exports = new Map();
    keptOf.set(library, exports);
  }
  let kept = exports.get(syscall);
  if (kept === undefined) {
    kept = { size: FIRST_SIZE, spare: undefined };
    exports.set(syscall, kept);
  }
  last = { library, syscall, kept };
  return kept;
}

function take(kept: Kept, syscall: ExportName, size: number): ReplyMemory {
  const { spare } = kept;
  kept.spare = undefined;
  return spare?.bytes.length === size ? spare : new ReplyMemory(size, syscall);
}

function keep(kept: Kept, memory: ReplyMemory): void {
  const size = memory.bytes.length;
  if (size === 0) return;
  kept.size = size;
  if (size <= LARGEST_SPARE) kept.spare = memory;
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
