import { ReplyMemory } from '../codec/source.js';
import { IscsidscError } from '../errors.js';
import type { Turn } from '../native/call-trace.js';
import { type ArgumentsOf, type ExportName, isSlow, type NativeFunction } from '../native/functions.js';
import type { Library } from '../native/library.js';
import { ERROR_INSUFFICIENT_BUFFER, ERROR_NOACCESS, hasWorked, win32CodeOf } from '../native/status.js';
import { traced } from '../native/trace.js';
import type { NativeCall } from './procedure.js';
import { type OnWarning, statusError, tellWarning } from './status.js';

// A much larger first buffer has been answered with ERROR_NOACCESS on some versions of Windows, from about 100 kB.
const FIRST_SIZE = 32 * 1024;
const LEAST_SLACK = 4 * 1024;
const LARGEST_SIZE = 16 * 1024 * 1024;
const LARGEST_SPARE = 1024 * 1024;
const MOST_CALLS = 8;

/** An export that fills a buffer and reports how large it must be. */
export interface SizedExport<Name extends ExportName = ExportName> {
  readonly syscall: Name;
  /** The parameter that holds the size. */
  readonly sizeName: string;
  /** What the size counts, in bytes: 1, a character, or a struct. */
  readonly unit: number;
  /** What the count of structs counts, in bytes, where there is such a parameter. */
  readonly structSize?: number | undefined;
  /** Whether a buffer that is too small, although nothing is needed, means that there is nothing. */
  readonly emptyIfNoneNeeded?: boolean;
  /** Whether an attempt can wait for the network. Defaults to what the signatures say of the export. */
  isSlow?(attempt: number): boolean;
  /** The arguments of a call. `attempt` is 0 for the first one. */
  arguments(memory: ReplyMemory, attempt: number): ArgumentsOf<Name>;
}

/**
 * Calls until the buffer is large enough, and hands the answer to `read`. The list can have grown again by the next
 * call, and the size that is asked for can be nonsense, so the number of calls and the size are bounded. It is the call
 * of each attempt and a procedure in one object: for a short list, a generator and an object for each call would take
 * longer than all the rest.
 */
export class GrowingReply<Result> implements NativeCall {
  readonly library: Library;
  readonly syscall: ExportName;
  private readonly sized: SizedExport;
  private readonly read: (memory: ReplyMemory) => Result;
  private readonly kept: Kept;
  // In bytes, like all sizes here.
  private size: number;
  private exact = false;
  private attempt = 0;
  private memory: ReplyMemory | undefined;
  private result: Result | undefined;

  constructor(library: Library, sized: SizedExport, read: (memory: ReplyMemory) => Result) {
    this.library = library;
    this.syscall = sized.syscall;
    this.sized = sized;
    this.read = read;
    this.kept = keptFor(library, sized.syscall);
    this.size = this.kept.size;
  }

  get isSlow(): boolean {
    return this.sized.isSlow?.(this.attempt) ?? isSlow(this.syscall);
  }

  run(): number {
    return this.function()(...this.prepare());
  }

  start(done: (error: Error | null, status: number) => void, turn?: Turn): void {
    this.function(turn).async(...this.prepare(), done);
  }

  /** Makes the calls on this thread. */
  runAll(onWarning: OnWarning | undefined): Result {
    for (;;) {
      const status = this.run();
      tellWarning(this, status, onWarning);
      if (this.accept(status)) return this.result as Result;
    }
  }

  *[Symbol.iterator](): Generator<NativeCall, Result, number> {
    for (;;) {
      if (this.accept(yield this)) return this.result as Result;
    }
  }

  private function(turn?: Turn): NativeFunction {
    return traced(this.syscall, this.library.func(this.syscall), turn);
  }

  /** Takes its memory when its turn comes: a call that waits holds none. */
  private prepare(): Parameters<NativeFunction> {
    const { sized, size } = this;
    const { unit, structSize = unit } = sized;
    const memory = take(this.kept, this.syscall, size);
    this.memory = memory;
    memory.size[0] = Math.floor(size / unit);
    // How many fit, as the documentation has it. A DLL that does not write the count leaves empty structs to be read,
    // and each table refuses those.
    memory.count[0] = Math.floor(size / structSize);
    return sized.arguments(memory, this.attempt) as Parameters<NativeFunction>;
  }

  /** Takes the status of an attempt. Returns true if there is a result. */
  private accept(status: number): boolean {
    const { syscall, size } = this;
    const { unit } = this.sized;
    const memory = this.memory as ReplyMemory;
    const answered = (memory.size[0] as number) * unit;
    if (hasWorked(status)) {
      this.succeed(memory, answered);
      return true;
    }
    switch (win32CodeOf(status)) {
      case ERROR_INSUFFICIENT_BUFFER:
        if (answered === 0 && this.sized.emptyIfNoneNeeded) {
          memory.count[0] = 0;
          this.succeed(memory, 0);
          return true;
        }
        this.size = grown(syscall, size, answered, this.exact);
        break;
      case ERROR_NOACCESS:
        if (this.exact) throw statusError(status, this);
        // The buffer was too large for this Windows: ask for the size, and pass exactly that.
        this.exact = true;
        this.size = 0;
        break;
      default:
        throw statusError(status, this);
    }
    if (++this.attempt === MOST_CALLS) {
      throw new IscsidscError(
        'ERR_ISCSIDSC_BUFFER_RETRIES',
        `${syscall} found ${MOST_CALLS} buffers too small in a row.`,
        { hint: 'The list grows faster than it can be read. Try again.', syscall },
      );
    }
    return false;
  }

  private succeed(memory: ReplyMemory, answered: number): void {
    const { sizeName, unit, structSize = unit } = this.sized;
    if (answered > this.size) {
      throw memory.reply.malformed(sizeName, undefined, `${answered} bytes used of ${this.size} given`);
    }
    this.result = this.read(memory);
    memory.clear(unit === 1 ? (memory.count[0] as number) * structSize : answered);
    keep(this.kept, memory, answered);
  }
}

/** The exports that fill a buffer of the given number of bytes with structs and what they point to. */
type StructListExport = Extract<
  ExportName,
  `GetIScsiSessionList${string}` | `ReportActiveIScsiTargetMappings${string}`
>;

/** Such an export, whose structs have this size. */
export function structListExport(syscall: StructListExport, sizeOfStruct: () => number): SizedExport<StructListExport> {
  return {
    syscall,
    sizeName: 'BufferSize',
    unit: 1,
    get structSize() {
      return sizeOfStruct();
    },
    arguments: ({ size, count, buffer }) => [size, count, buffer],
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

function keep(kept: Kept, memory: ReplyMemory, used: number): void {
  const size = memory.bytes.length;
  if (size === 0) return;
  if (size <= LARGEST_SPARE) {
    kept.size = size;
    kept.spare = memory;
  } else {
    // So much memory is made anew for each call: not without need.
    kept.size = used > LARGEST_SPARE ? size : FIRST_SIZE;
  }
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
