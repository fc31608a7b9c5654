import { type Check, checkMembers } from '../arguments.js';
import type { Deadline } from '../call/run.js';
import type { OnWarning } from '../call/status.js';
import { type TextForm, WIDE } from '../codec/sink.js';
import type { DecodeAnsi } from '../codec/strings.js';
import type { StatusWarning } from '../errors.js';
import type { Library } from '../native/library.js';
import { systemLibrary } from '../native/system-library.js';
import type { Form } from '../native/types.js';

/** Options of every function. */
export interface SyncOptions {
  /** `'unicode'` (default) calls the W form, `'ansi'` the A form, whose text is limited to the ANSI code page. */
  charset?: 'unicode' | 'ansi' | undefined;
  /** Whose functions to call, for example a simulator. Defaults to Windows' own iscsidsc.dll. */
  library?: Library | undefined;
  /**
   * Called when a call succeeds with a warning, a status `0xAFFF....`, which never throws or rejects by itself. Defaults
   * to `process.emitWarning`, once for each status and export. The call throws what it throws.
   */
  onWarning?: ((warning: StatusWarning) => void) | undefined;
}

/** Options of every async function. */
export interface AsyncOptions extends SyncOptions {
  /** Rejects with an `AbortError` when it fires. A native call that runs cannot be cancelled, see `pending`. */
  signal?: AbortSignal | undefined;
  /**
   * Rejects with `ERR_ISCSIDSC_TIMEOUT` after this many milliseconds, the wait for a turn included. A native call that
   * runs cannot be cancelled, see `pending`.
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
  /** Encodes the strings of arguments. */
  readonly text: TextForm;
  readonly deadline: Deadline;
  readonly onWarning: OnWarning | undefined;
}

// Beyond this, Node's timers fire at once.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The check of a library. */
export const LIBRARY: Check = ['a Library, such as createSimulator() returns', isLibrary];

const SYNC_CHECKS: Readonly<Record<keyof SyncOptions, Check>> = {
  charset: ["'unicode' or 'ansi'", value => value === 'unicode' || value === 'ansi'],
  library: LIBRARY,
  onWarning: ['a function', value => typeof value === 'function'],
};
const ASYNC_CHECKS: Readonly<Record<keyof AsyncOptions, Check>> = {
  ...SYNC_CHECKS,
  signal: ['an AbortSignal', isAbortSignal],
  timeoutMs: [`a number above 0, at most ${LONGEST_TIMEOUT_MS}`, isTimeout],
};

export function checkSyncOptions(options: SyncOptions | undefined): CheckedOptions {
  return options === undefined ? withoutOptions() : complete(checkMembers('options', options, SYNC_CHECKS));
}

export function checkAsyncOptions(options: AsyncOptions | undefined): CheckedOptions {
  return options === undefined ? withoutOptions() : complete(checkMembers('options', options, ASYNC_CHECKS));
}

/** Checks the options of a function that has some of its own, and returns those beside the others. */
export function checkOptionsAnd<Options extends AsyncOptions>(
  options: Options | undefined,
  checks: Readonly<Record<Exclude<keyof Options, keyof AsyncOptions>, Check>>,
): { readonly checked: CheckedOptions; readonly own: Readonly<Omit<Options, keyof AsyncOptions>> } {
  const { open, own } = checkUnopened(options, checks);
  return { checked: open(), own };
}

/** The same, where `open` throws if the library cannot be loaded. */
export function checkUnopened<Options extends AsyncOptions>(
  options: Options | undefined,
  checks: Readonly<Record<Exclude<keyof Options, keyof AsyncOptions>, Check>>,
): { open(): CheckedOptions; readonly own: Readonly<Omit<Options, keyof AsyncOptions>> } {
  const members = checkMembers<AsyncOptions>('options', options, { ...ASYNC_CHECKS, ...checks });
  return { open: () => complete(members), own: members as Readonly<Omit<Options, keyof AsyncOptions>> };
}

/** The same of a function that has a sync form. */
export function checkSyncOptionsAnd<Options extends SyncOptions>(
  options: Options | undefined,
  checks: Readonly<Record<Exclude<keyof Options, keyof SyncOptions>, Check>>,
): { readonly checked: CheckedOptions; readonly own: Readonly<Omit<Options, keyof SyncOptions>> } {
  const members = checkMembers<SyncOptions>('options', options, { ...SYNC_CHECKS, ...checks });
  return { checked: complete(members), own: members as Readonly<Omit<Options, keyof SyncOptions>> };
}

let ofNone: CheckedOptions | undefined;

/** The checked options of a call without any. */
function withoutOptions(): CheckedOptions {
  const library = systemLibrary();
  if (ofNone?.library !== library) ofNone = complete({ library });
  return ofNone;
}

function complete(options: AsyncOptions): CheckedOptions {
  const { charset, library = systemLibrary(), onWarning, signal, timeoutMs } = options;
  const ansi = charset === 'ansi';
  return {
    library,
    form: ansi ? 'A' : 'W',
    decodeAnsi: ansi ? bytes => library.decodeAnsi(bytes) : undefined,
    text: ansi ? { form: 'A', unit: 1, encode: text => library.encodeAnsi(text) } : WIDE,
    deadline: { signal, timeoutMs },
    onWarning,
  };
}

export function isTimeout(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= LONGEST_TIMEOUT_MS;
}

// Not by instanceof: a test runner or a window has an AbortSignal of its own.
export function isAbortSignal(value: unknown): value is AbortSignal {
  return Object.prototype.toString.call(value) === '[object AbortSignal]';
}

function isLibrary(value: unknown): boolean {
  const { func, decodeAnsi, encodeAnsi, systemMessage, windowsFunc } = Object(value) as Partial<Library>;
  if (![func, decodeAnsi, encodeAnsi].every(each => typeof each === 'function')) return false;
  return [systemMessage, windowsFunc].every(each => each === undefined || typeof each === 'function');
}
