import { inspect } from 'node:util';

/** What the package finds itself, before, around or after a native call. */
export type IscsidscErrorCode =
  | 'ERR_ISCSIDSC_BUFFER_RETRIES'
  | 'ERR_ISCSIDSC_BUFFER_TOO_LARGE'
  | 'ERR_ISCSIDSC_DISPOSED'
  | 'ERR_ISCSIDSC_INVALID_ARGUMENT'
  | 'ERR_ISCSIDSC_LIBRARY_LOAD'
  | 'ERR_ISCSIDSC_MALFORMED_REPLY'
  | 'ERR_ISCSIDSC_MISSING_EXPORT'
  | 'ERR_ISCSIDSC_NOT_LISTED'
  | 'ERR_ISCSIDSC_TIMEOUT'
  | 'ERR_ISCSIDSC_UNKNOWN_STATUS'
  | 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM';

/**
 * How far a call had come when its caller stopped waiting: it was never made, it still runs and may take effect, or it
 * was to be made again.
 */
export type Pending = 'notStarted' | 'running' | 'betweenAttempts';

/** What an error carries besides its message; a member without a value is left out. */
export interface ErrorDetails {
  /** What to do about it, as a sentence. */
  hint?: string;
  /** The export that was called, `GetIScsiSessionListW` for instance. */
  syscall?: string;
  /** The number behind `code`, unsigned. */
  errno?: number;
  /** The struct member that did not fit, with its index: `SessionInfo[3].TargetName`. */
  member?: string;
  /** Where that member lies, in bytes from the start of the reply. */
  offset?: number;
  /** Of a timeout: how far the call had come. */
  pending?: Pending;
  /** The error beneath, if there is one. */
  cause?: unknown;
}

/**
 * An error of this package. Tell errors apart by `code`, which is stable; `instanceof` fails between the
 * ESM and the CommonJS copy of the package.
 */
export class IscsidscError extends Error {
  /** Its stable name: a status such as `ISDSC_SERVICE_NOT_RUNNING`, or an `IscsidscErrorCode`. */
  readonly code: string;
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
  /** Of a timeout: how far the call had come. */
  declare readonly pending?: Pending;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    const { cause, ...properties } = details;
    super(details.hint === undefined ? message : `${message} ${details.hint}`, cause === undefined ? {} : { cause });
    this.code = code;
    Object.assign(this, properties);
  }

  /** The error as plain data, for logs and for IPC, where only the message would survive. */
  toJSON(): Record<string, unknown> {
    return Object.fromEntries([['name', this.name], ['message', this.message], ...Object.entries(this)]);
  }
}
Object.defineProperty(IscsidscError.prototype, 'name', { value: 'IscsidscError', configurable: true, writable: true });

// Not a private member: with one, TypeScript tells the classes of the ESM and the CommonJS copy apart.
const systemMessages = new WeakMap<StatusError, () => string | undefined>();

/** A status other than success from the initiator: `code` is its name, `errno` its number. */
export class StatusError extends IscsidscError {
  /** The status, unsigned. */
  declare readonly errno: number;
  /** The export that answered it. */
  declare readonly syscall: string;

  constructor(
    code: string,
    message: string,
    details: ErrorDetails & { errno: number; syscall: string },
    readSystemMessage?: () => string | undefined,
  ) {
    super(code, message, details);
    if (readSystemMessage) systemMessages.set(this, readSystemMessage);
  }

  /**
   * What Windows itself says of the status, in the language of the user; undefined where it has no text, and off
   * Windows. It is asked for when it is read, and is not in `toJSON()`.
   *
   * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-formatmessagew
   */
  get systemMessage(): string | undefined {
    return systemMessages.get(this)?.();
  }
}
Object.defineProperty(StatusError.prototype, 'name', { value: 'StatusError', configurable: true, writable: true });

/** A status `0xAFFF....`: the call has worked, at least in part. The package tells of it and does not throw it. */
export class StatusWarning extends StatusError {}
Object.defineProperty(StatusWarning.prototype, 'name', { value: 'StatusWarning', configurable: true, writable: true });

/** Has the shape of the errors with which Node's own functions answer an aborted signal. */
export class AbortError extends Error {
  readonly code = 'ABORT_ERR';

  constructor(reason: unknown) {
    super('The operation was aborted', { cause: reason });
  }
}
Object.defineProperty(AbortError.prototype, 'name', { value: 'AbortError', configurable: true, writable: true });

/** An argument that cannot be passed on: nothing native has been called. The rule says what would be right. */
export function invalidArgument(rule: string, value: unknown): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_INVALID_ARGUMENT', `${rule}, not ${show(value)}.`);
}

function show(value: unknown): string {
  const text = inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 80 });
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/** Whether it is an error of this package, of whichever copy. */
export function isIscsidscError(error: unknown): error is IscsidscError {
  const { code, toJSON } = Object(error) as Partial<IscsidscError>;
  return typeof code === 'string' && typeof toJSON === 'function';
}
