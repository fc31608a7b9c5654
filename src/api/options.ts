import { type Check, type Checks, checkMembers } from '../arguments.js';
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
  charset?: 'unicode' | 'ansi' | undefined;
  /** The library whose functions are called, for example a simulator. Defaults to Windows' own iscsidsc.dll. */
  library?: Library | undefined;
  /**
   * Called when a call succeeds with a warning, a status `0xAFFF....`, which never throws or rejects by itself. Defaults
   * to `process.emitWarning`, once for each status and export. What it throws, the call throws.
   */
  onWarning?: ((warning: StatusWarning) => void) | undefined;
}

/** What every function takes that does not block. */
export interface AsyncOptions extends SyncOptions {
  /** When it fires, the call rejects with an `AbortError`. Its `pending` says whether a native call still runs. */
  signal?: AbortSignal | undefined;
  /**
   * Milliseconds after which the call rejects with `ERR_ISCSIDSC_TIMEOUT`, waiting for a turn included. The error's
   * `pending` says whether a native call still runs. Defaults to no limit.
   */
  timeoutMs?: number | undefined;
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
  library: ['a Library, such as createSimulator() returns', isLibrary],
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

/**
 * Checks the options of an async function. `more` are the checks of the options that it has besides, which are in the
 * result under their names.
 */
export function checkAsyncOptions<Options extends AsyncOptions>(
  options: Options | undefined,
  more?: Checks,
): CheckedOptions & Readonly<Omit<Options, keyof AsyncOptions>> {
  const checks = more === undefined ? ASYNC_CHECKS : { ...ASYNC_CHECKS, ...more };
  const copy = checkMembers<Options>('options', options, checks);
  return { ...copy, ...complete(copy) };
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
  const { func, decodeAnsi, encodeAnsi, systemMessage } = Object(value) as Partial<Library>;
  if ([func, decodeAnsi, encodeAnsi].some(method => typeof method !== 'function')) return false;
  return systemMessage === undefined || typeof systemMessage === 'function';
}
