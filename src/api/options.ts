import { type Check, checkMembers } from '../arguments.js';
import type { Deadline } from '../call/run.js';
import type { OnWarning } from '../call/status.js';
import type { DecodeAnsi } from '../codec/strings.js';
import type { StatusWarning } from '../errors.js';
import type { Library } from '../native/library.js';
import { systemLibrary } from '../native/system-library.js';
import type { Form } from '../native/types.js';

/** What every function takes. */
export interface SyncOptions {
  /** `'unicode'` calls the W form (default), `'ansi'` the A form, whose text is limited to the ANSI code page. */
  charset?: 'unicode' | 'ansi';
  /** Whose functions to call: a simulator, for instance. Windows' own iscsidsc.dll if left out. */
  library?: Library;
  /**
   * Is told when a call has worked with a warning, a status `0xAFFF....`, which never throws or rejects by itself.
   * `process.emitWarning` if left out, once for each status and export. What it throws, the call throws.
   */
  onWarning?: (warning: StatusWarning) => void;
}

/** What every function takes that does not block. */
export interface AsyncOptions extends SyncOptions {
  /** Rejects with an `AbortError` when it fires. The native call goes on in the background. */
  signal?: AbortSignal;
  /** Rejects with `ERR_ISCSIDSC_TIMEOUT` after so many milliseconds, waiting for a turn included. */
  timeoutMs?: number;
}

/** The options of a call, checked. */
export interface CheckedOptions {
  readonly library: Library;
  /** The letter at the end of the export's name. */
  readonly form: Form;
  /** Decodes the strings of the A form; undefined for the W form. */
  readonly decodeAnsi: DecodeAnsi | undefined;
  readonly deadline: Deadline;
  readonly onWarning: OnWarning | undefined;
}

// Beyond this, Node's timers fire at once.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

const SYNC_CHECKS: Readonly<Record<keyof SyncOptions, Check>> = {
  charset: ["'unicode' or 'ansi'", value => value === 'unicode' || value === 'ansi'],
  library: ['a Library, as createSimulator() gives it', isLibrary],
  onWarning: ['a function', value => typeof value === 'function'],
};
const ASYNC_CHECKS: Readonly<Record<keyof AsyncOptions, Check>> = {
  ...SYNC_CHECKS,
  signal: ['an AbortSignal', isAbortSignal],
  timeoutMs: [
    `a number above 0, at most ${LONGEST_TIMEOUT_MS}`,
    value => typeof value === 'number' && value > 0 && value <= LONGEST_TIMEOUT_MS,
  ],
};

export function checkSyncOptions(options: SyncOptions | undefined): CheckedOptions {
  return complete(checkMembers('options', options, SYNC_CHECKS));
}

/** `more` are the checks of options that a function has besides. */
export function checkAsyncOptions(
  options: AsyncOptions | undefined,
  more: Readonly<Record<string, Check>> = {},
): CheckedOptions {
  return complete(checkMembers('options', options, { ...ASYNC_CHECKS, ...more }));
}

function complete({ charset, library = systemLibrary(), onWarning, signal, timeoutMs }: AsyncOptions): CheckedOptions {
  const ansi = charset === 'ansi';
  return {
    library,
    form: ansi ? 'A' : 'W',
    decodeAnsi: ansi ? bytes => library.decodeAnsi(bytes) : undefined,
    deadline: { signal, timeoutMs },
    onWarning,
  };
}

// Not by instanceof: a test runner or a window has an AbortSignal of its own.
function isAbortSignal(value: unknown): boolean {
  return Object.prototype.toString.call(value) === '[object AbortSignal]';
}

function isLibrary(value: unknown): boolean {
  const { func, decodeAnsi, systemMessage } = Object(value) as Partial<Library>;
  if (typeof func !== 'function' || typeof decodeAnsi !== 'function') return false;
  return systemMessage === undefined || typeof systemMessage === 'function';
}
