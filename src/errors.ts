import { inspect } from 'node:util';
import type { StatusName } from './header/statuses.js';

/** What the package finds itself, before, around or after a native call. */
export type IscsidscErrorCode =
  | 'ERR_ISCSIDSC_BUFFER_RETRIES'
  | 'ERR_ISCSIDSC_BUFFER_TOO_LARGE'
  | 'ERR_ISCSIDSC_DISPOSED'
  | 'ERR_ISCSIDSC_INVALID_ARGUMENT'
  | 'ERR_ISCSIDSC_LIBRARY_LOAD'
  | 'ERR_ISCSIDSC_MALFORMED_REPLY'
  | 'ERR_ISCSIDSC_MISSING_EXPORT'
  | 'ERR_ISCSIDSC_NOT_CONFIRMED'
  | 'ERR_ISCSIDSC_NOT_LISTED'
  | 'ERR_ISCSIDSC_TIMEOUT'
  | 'ERR_ISCSIDSC_UNKNOWN_STATUS'
  | 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM';

/**
 * How far an operation had come when its caller stopped waiting. `'notStarted'`: no native call was made, and none will
 * be. `'running'`: a native call goes on in the background and can still take effect. `'betweenAttempts'`: all native
 * calls that were made have returned, and no other will be made.
 */
export type Pending = 'notStarted' | 'running' | 'betweenAttempts';

/** What an error carries besides its message. The error has no member for what is undefined. */
export interface ErrorDetails {
  /** What to do about it, as a sentence. */
  hint?: string | undefined;
  /** The export that was called, `GetIScsiSessionListW` for instance. */
  syscall?: string | undefined;
  /** The number behind `code`, unsigned. */
  errno?: number | undefined;
  /** The struct member that did not fit: `SessionInfo.TargetName`. */
  member?: string | undefined;
  /** Where that member lies, in bytes from the start of the reply. */
  offset?: number | undefined;
  /** Of a timeout: how far the operation had come. */
  pending?: Pending | undefined;
  /** The error beneath, if there is one. */
  cause?: unknown;
}

/** An error of this package. Tell errors apart by `code`, which is stable. */
export class IscsidscError extends Error {
  /** Its stable name: a status such as `ISDSC_SERVICE_NOT_RUNNING`, or what the package itself found. */
  readonly code: StatusName | IscsidscErrorCode;
  /** What to do about it, which is the end of the message too. */
  declare readonly hint?: string;
  /** The export that was called. */
  declare readonly syscall?: string;
  /** The number behind `code`, unsigned. */
  declare readonly errno?: number;
  /** The struct member that did not fit. */
  declare readonly member?: string;
  /** Where that member lies, in bytes from the start of the reply. */
  declare readonly offset?: number;
  /** Of a timeout: how far the operation had come. After `'running'` it can still take effect. */
  declare readonly pending?: Pending;

  constructor(code: StatusName | IscsidscErrorCode, message: string, details: ErrorDetails = {}) {
    const { cause, ...properties } = details;
    super(details.hint === undefined ? message : `${message} ${details.hint}`, cause === undefined ? {} : { cause });
    this.code = code;
    Object.assign(this, Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)));
  }

  /** The error as plain data, for logs and for IPC. Its `cause` is `{ name, message, code }`. */
  toJSON(): Record<string, unknown> {
    return plainError(this);
  }
}
Object.defineProperty(IscsidscError.prototype, 'name', { value: 'IscsidscError', configurable: true, writable: true });

/** A status other than success from the initiator: `code` is its name, `errno` its number. */
export class StatusError extends IscsidscError {
  /** The status, unsigned. */
  declare readonly errno: number;
  /** The export that answered it. */
  declare readonly syscall: string;
  readonly #readSystemMessage: (() => string | undefined) | undefined;

  constructor(
    code: StatusName | 'ERR_ISCSIDSC_UNKNOWN_STATUS',
    message: string,
    details: ErrorDetails & { errno: number; syscall: string },
    readSystemMessage?: () => string | undefined,
  ) {
    super(code, message, details);
    this.#readSystemMessage = readSystemMessage;
  }

  /**
   * What Windows itself says of the status, in the language of the user; undefined where it has no text, and off
   * Windows. It is asked for when it is read, and is not in `toJSON()`.
   *
   * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-formatmessagew
   */
  get systemMessage(): string | undefined {
    // Tools that print objects read getters of the prototype, too.
    return #readSystemMessage in this ? this.#readSystemMessage?.() : undefined;
  }
}
Object.defineProperty(StatusError.prototype, 'name', { value: 'StatusError', configurable: true, writable: true });

/** A status `0xAFFF....`: the call has worked, at least in part. The package tells of it and does not throw it. */
export class StatusWarning extends StatusError {}
Object.defineProperty(StatusWarning.prototype, 'name', { value: 'StatusWarning', configurable: true, writable: true });

const ABORTED: Readonly<Record<Pending, string>> = {
  notStarted: 'No native call was made.',
  running: 'The native call cannot be cancelled: it goes on in the background and can still take effect.',
  betweenAttempts: 'The native calls that were made have returned, and no other will be made.',
};

/** Has the shape of the errors with which Node's own functions answer an aborted signal. */
export class AbortError extends Error {
  readonly code = 'ABORT_ERR';
  /** How far the operation had come. */
  readonly pending: Pending;

  constructor(reason: unknown, pending: Pending) {
    super(`The operation was aborted. ${ABORTED[pending]}`, { cause: reason });
    this.pending = pending;
  }

  /** The error as plain data, the same as that of an `IscsidscError`. */
  toJSON(): Record<string, unknown> {
    return plainError(this);
  }
}
Object.defineProperty(AbortError.prototype, 'name', { value: 'AbortError', configurable: true, writable: true });

function plainError(error: Error): Record<string, unknown> {
  const { name, message, cause } = error;
  const properties = Object.entries(error);
  if (cause !== undefined) properties.push(['cause', plainCause(cause)]);
  return { name, message, ...Object.fromEntries(properties) };
}

function plainCause(cause: unknown): { name?: string; message: string; code?: string | number } {
  const { name, message, code } = Object(cause) as Record<string, unknown>;
  return {
    ...(typeof name === 'string' ? { name } : {}),
    // The reason of a signal can be anything.
    message: typeof message === 'string' ? message : show(cause),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
  };
}

/** An argument that cannot be passed on: nothing native has been called. The rule says what would be right. */
export function invalidArgument(rule: string, value: unknown): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_INVALID_ARGUMENT', `${rule}, not ${show(value)}.`);
}

function show(value: unknown): string {
  const text = inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 80 });
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/**
 * Whether a value is an error of this package. An error that was sent from another thread or process is not: there it is
 * plain data, and its `code` tells what it was.
 */
export function isIscsidscError(value: unknown): value is IscsidscError {
  return value instanceof IscsidscError;
}
