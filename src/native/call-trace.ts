import type { AsyncResource } from 'node:async_hooks';
import type { StatusName } from '../header/statuses.js';
import { type AnswerSize, answerSize } from './answer-size.js';
import type { Done, ExportName } from './functions.js';
import { hexStatus, SUCCESS, statusRow } from './status.js';
import { isLogged, logBegin } from './trace-log.js';
import type { WindowsFunctionName } from './windows-functions.js';

/**
 * What the subscribers of `diagnostics_channel.tracingChannel('iscsidsc:call')` receive: one object for all events of a
 * native call. It has no arguments, and nothing of a buffer or a string.
 */
export interface NativeCallTrace {
  /** The function of iscsidsc.dll, or of another library of Windows. */
  readonly syscall: ExportName | WindowsFunctionName;
  /** `slow` if the call can wait for the network or a disk. Undefined for one without a turn: sync, or of `iscsidsc/raw`. */
  readonly lane: 'quick' | 'slow' | undefined;
  /** Milliseconds that the call waited for its turn before it started. */
  readonly waitedMs: number;
  /** Bytes of memory for the answer. Undefined where the function is not told how much there is. */
  readonly bufferSize: number | undefined;
  /** Bytes used of the memory, or needed if it is too small. Undefined until the call has returned. */
  readonly answerSize: number | undefined;
  /** Milliseconds until the native call returned; if it is async, until its callback ran. Undefined until then. */
  readonly durationMs: number | undefined;
  /** What the call returned. For a function that sets `GetLastError`: that, or 0. Undefined if it threw. */
  readonly status: number | undefined;
  /** The name of the status. Eight hexadecimal digits, such as `0x0000DEAD`, if it is unknown. */
  readonly statusName: StatusName | 'ERROR_SUCCESS' | `0x${string}` | undefined;
  /** Whether the caller stopped waiting, because of a timeout or an abort, before the call returned. */
  readonly isAbandoned: boolean;
  /** What was thrown instead of a status, because the call could not be made. Set for the `error` event. */
  readonly error?: unknown;
}

/** How an async call came to be made. */
export interface Turn {
  readonly lane: 'quick' | 'slow';
  /** When it began to wait, by `performance.now()`. */
  readonly queuedAt: number;
  /** The async context of the caller. */
  readonly caller: AsyncResource | undefined;
  /** Whether the caller has stopped waiting. */
  isAbandoned(): boolean;
}

/** A native call that is traced. */
export class CallTrace {
  readonly context: { -readonly [Member in keyof NativeCallTrace]: NativeCallTrace[Member] };
  readonly #args: readonly unknown[];
  readonly #size: AnswerSize;
  readonly #turn: Turn | undefined;

  constructor(syscall: ExportName | WindowsFunctionName, args: readonly unknown[], turn?: Turn) {
    this.#args = args;
    this.#turn = turn;
    this.#size = answerSize(syscall, args);
    this.context = {
      syscall,
      lane: turn?.lane,
      waitedMs: turn === undefined ? 0 : performance.now() - turn.queuedAt,
      bufferSize: this.#size.given,
      answerSize: undefined,
      durationMs: undefined,
      status: undefined,
      statusName: undefined,
      isAbandoned: false,
    };
  }

  /** Called right before the native call. Returns the function to call right after it. */
  begin(): Done {
    const { context } = this;
    const logEnd = isLogged ? logBegin(context.syscall, this.#args) : undefined;
    const startedAt = performance.now();
    return (error, status) => {
      context.durationMs = performance.now() - startedAt;
      context.isAbandoned = this.#turn?.isAbandoned() ?? false;
      if (!error) {
        context.status = status >>> 0;
        context.statusName = nameOfStatus(status);
        context.answerSize = this.#size.used();
      }
      logEnd?.(error, status);
    };
  }
}

function nameOfStatus(status: number): NativeCallTrace['statusName'] {
  if (status === SUCCESS) return 'ERROR_SUCCESS';
  return statusRow(status)?.[1] ?? (hexStatus(status) as `0x${string}`);
}
