import { inspect } from 'node:util';
import { isBoxedPrimitive, isNativeError } from 'node:util/types';
import type { ServiceChanges } from './api/service/start-service.js';
import type { ScsiStatus, SenseData } from './codec/sense.js';
import type { StatusName } from './header/statuses.js';
import type { CreatedConnection } from './tasks/connect/created.js';
import type { FailedPortal } from './tasks/connect/work.js';
import type { DisconnectedTarget } from './tasks/disconnect/disconnect-target.js';
import type { ForgottenTarget } from './tasks/forget-target.js';
import type { MissingPart } from './tasks/parts.js';

/** What the package finds itself, before, during or after a native call. */
export type IscsidscErrorCode =
  | 'ERR_ISCSIDSC_BUFFER_RETRIES'
  | 'ERR_ISCSIDSC_BUFFER_TOO_LARGE'
  | 'ERR_ISCSIDSC_DISPOSED'
  | 'ERR_ISCSIDSC_INVALID_ARGUMENT'
  | 'ERR_ISCSIDSC_LIBRARY_LOAD'
  | 'ERR_ISCSIDSC_MALFORMED_REPLY'
  | 'ERR_ISCSIDSC_MISSING_EXPORT'
  | 'ERR_ISCSIDSC_NOT_LISTED'
  | 'ERR_ISCSIDSC_SERVICE_NOT_STARTED'
  | 'ERR_ISCSIDSC_NO_DEVICE'
  | 'ERR_ISCSIDSC_NO_LUN'
  | 'ERR_ISCSIDSC_NO_MULTIPATH'
  | 'ERR_ISCSIDSC_PROCESS_ENDED'
  | 'ERR_ISCSIDSC_TIMEOUT'
  | 'ERR_ISCSIDSC_UNKNOWN_STATUS'
  | 'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM';

/**
 * What is known of a call whose caller stopped waiting: no native call was made, one still runs and may take effect, or
 * one has returned and the next was not made.
 */
export type Pending = 'notStarted' | 'running' | 'betweenAttempts';

/** What an error carries besides its message. Undefined members are left out. */
export interface ErrorDetails {
  /** What to do about it, as a sentence. */
  hint?: string | undefined;
  /** The export that was called, `GetIScsiSessionListW` for instance. */
  syscall?: string | undefined;
  /** The number behind `code`, unsigned. Of a DLL that cannot be loaded, the Win32 error. */
  errno?: number | undefined;
  /** The struct member that did not fit, with its index: `SessionInfo[3].TargetName`. */
  member?: string | undefined;
  /** Where that member lies, in bytes from the start of the reply. */
  offset?: number | undefined;
  /** Of a timeout: whether the native call was made. */
  pending?: Pending | undefined;
  /** Of a portal that could not be added: whether it is registered all the same. */
  portalRegistered?: boolean | undefined;
  /** Of a SCSI command that the device has refused: its status. */
  scsiStatus?: ScsiStatus | undefined;
  /** Of a SCSI command that the device has refused: what the device says of it. */
  sense?: SenseData | undefined;
  /** Of a service that stopped again after its start: the Win32 error with which it did. */
  win32ExitCode?: number | undefined;
  /** Of a service that stopped again with `ERROR_SERVICE_SPECIFIC_ERROR`: its own exit code. */
  serviceSpecificExitCode?: number | undefined;
  /** Of a process that has ended: its exit code. */
  exitCode?: number | undefined;
  /** Of a process that has ended: the signal that ended it. */
  signal?: string | undefined;
  /** The error beneath, if there is one. */
  cause?: unknown;
}

/** What a function that takes several steps had done when one of them failed: the members of its result. */
export interface DoneBefore extends Partial<ForgottenTarget>, Partial<DisconnectedTarget>, Partial<ServiceChanges> {}

/** An error of this package. Tell errors apart by `code`, which is stable. */
export class IscsidscError extends Error {
  /** A status such as `ISDSC_SERVICE_NOT_RUNNING`, or what the package found itself. */
  readonly code: StatusName | IscsidscErrorCode;
  /** What to do about it. The message ends with it. */
  declare readonly hint?: string;
  /** The export that was called. */
  declare readonly syscall?: string;
  /** The number behind `code`, unsigned. Of a DLL that cannot be loaded, the Win32 error. */
  declare readonly errno?: number;
  /** The struct member that did not fit. */
  declare readonly member?: string;
  /** Where that member lies, in bytes from the start of the reply. */
  declare readonly offset?: number;
  /** Of a timeout: whether the native call was made. */
  declare readonly pending?: Pending;
  /** Of a portal that could not be added: whether it is registered all the same. */
  declare readonly portalRegistered?: boolean;
  /** Of a SCSI command that the device has refused: its status. */
  declare readonly scsiStatus?: ScsiStatus;
  /** Of a SCSI command that the device has refused: what the device says of it. */
  declare readonly sense?: SenseData;
  /** Of a service that stopped again after its start: the Win32 error with which it did. */
  declare readonly win32ExitCode?: number;
  /** Of a service that stopped again with `ERROR_SERVICE_SPECIFIC_ERROR`: its own exit code. */
  declare readonly serviceSpecificExitCode?: number;
  /** Of a process that has ended: its exit code. */
  declare readonly exitCode?: number;
  /** Of a process that has ended: the signal that ended it. */
  declare readonly signal?: string;
  /** Of `forgetTarget`, `disconnectTarget` and `startInitiatorService`: what had been done before it failed. */
  declare readonly done?: DoneBefore;
  /** Of `disconnectTarget`: the volumes that are in use, by their paths. */
  declare readonly volumes?: readonly string[];
  /** Of `connectTarget`: what it has made and could not undo. */
  declare readonly created?: CreatedConnection;
  /** Of `connectTarget`: why it could not be undone. */
  declare readonly undoErrors?: readonly MissingPart[];
  /** Of `connectTarget`: the portals that did not work. */
  declare readonly failed?: readonly FailedPortal[];

  constructor(code: StatusName | IscsidscErrorCode, message: string, details: ErrorDetails = {}) {
    const { cause, ...properties } = details;
    super(details.hint === undefined ? message : `${message} ${details.hint}`, cause === undefined ? {} : { cause });
    this.code = code;
    for (const [name, value] of Object.entries(properties)) {
      if (value !== undefined) Object.assign(this, { [name]: value });
    }
  }

  /** The error as plain data, for logs and for IPC, where only the message would survive. */
  toJSON(): Record<string, unknown> {
    return plainError(this);
  }
}
Object.defineProperty(IscsidscError.prototype, 'name', { value: 'IscsidscError', configurable: true, writable: true });

function plainError(error: Error): Record<string, unknown> {
  const properties = Object.entries(error);
  if (error.cause !== undefined) properties.push(['cause', plainCause(error.cause)]);
  return { name: error.name, message: error.message, ...Object.fromEntries(properties) };
}

// The reason of a signal, which becomes a cause, can be anything.
function plainCause(cause: unknown): { name?: string; message: string; code?: string | number } {
  if (typeof cause === 'string') return { message: cause };
  try {
    return readCause(cause);
  } catch {
    // A getter of it, or its own way to be shown, throws. The error around it matters more.
    return { message: 'The cause cannot be read.' };
  }
}

function readCause(cause: unknown): { name?: string; message: string; code?: string | number } {
  const { name, message, code } = Object(cause) as Record<string, unknown>;
  return {
    ...(typeof name === 'string' ? { name } : {}),
    message: typeof message === 'string' ? message : show(cause),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
  };
}

// Not a private member: inspecting the prototype reads the getter there, which must not throw.
const systemMessages = new WeakMap<StatusError, () => string | undefined>();

/** A status other than success from Windows: `code` is its name, `errno` its number. */
export class StatusError extends IscsidscError {
  /** The status, unsigned. */
  declare readonly errno: number;
  /** The export that answered it. */
  declare readonly syscall: string;

  constructor(
    code: StatusName | 'ERR_ISCSIDSC_UNKNOWN_STATUS',
    message: string,
    details: ErrorDetails & { errno: number; syscall: string },
    readSystemMessage?: () => string | undefined,
  ) {
    super(code, message, details);
    if (readSystemMessage) systemMessages.set(this, readSystemMessage);
  }

  /**
   * Windows' own text for the status, in the language of the user. Undefined if Windows has none, and off Windows. It is
   * looked up when it is read, and is not in `toJSON()`.
   *
   * https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-formatmessagew
   */
  get systemMessage(): string | undefined {
    return systemMessages.get(this)?.();
  }
}
Object.defineProperty(StatusError.prototype, 'name', { value: 'StatusError', configurable: true, writable: true });

/** A status `0xAFFF....`: the call succeeded, at least in part. The package reports it and does not throw it. */
export class StatusWarning extends StatusError {}
Object.defineProperty(StatusWarning.prototype, 'name', { value: 'StatusWarning', configurable: true, writable: true });

const ABORTED: Readonly<Record<Pending, string>> = {
  notStarted: 'The operation was aborted before a native call was made',
  running: 'The operation was aborted; the native call still runs and may take effect',
  betweenAttempts: 'The operation was aborted between two native calls',
};

/** Has the shape of the errors with which Node's own functions reject when their signal fires. */
export class AbortError extends Error {
  readonly code = 'ABORT_ERR';
  /** Whether the native call was made. */
  readonly pending: Pending;
  /** The export whose call still runs. */
  declare readonly syscall?: string;
  /** Of a portal that could not be added: whether it is registered all the same. */
  declare readonly portalRegistered?: boolean;
  /** Of `connectTarget`: what it has made and could not undo. */
  declare readonly created?: CreatedConnection;
  /** Of `connectTarget`: why it could not be undone. */
  declare readonly undoErrors?: readonly MissingPart[];
  /** Of `connectTarget`: the portals that did not work. */
  declare readonly failed?: readonly FailedPortal[];

  constructor(reason: unknown, pending: Pending, syscall?: string) {
    super(ABORTED[pending], { cause: reason });
    this.pending = pending;
    if (pending === 'running' && syscall !== undefined) this.syscall = syscall;
  }

  /** The error as plain data, the same as `toJSON()` of an `IscsidscError`. */
  toJSON(): Record<string, unknown> {
    return plainError(this);
  }
}
Object.defineProperty(AbortError.prototype, 'name', { value: 'AbortError', configurable: true, writable: true });

/** An argument that cannot be passed on: nothing native has been called. The rule says what would be right. */
export function invalidArgument(rule: string, value: unknown): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_INVALID_ARGUMENT', `${rule}, not ${showOutside(value)}.`);
}

/** The same where an object is expected. What stands in its place is not shown: it can be a secret without its object. */
export function notAnObject(what: string, value: unknown): IscsidscError {
  const kind = value === null || Object(value) === value ? showOutside(value) : article(typeof value);
  return new IscsidscError('ERR_ISCSIDSC_INVALID_ARGUMENT', `${what} must be an object, not ${kind}.`);
}

function article(kind: string): string {
  return kind === 'undefined' ? kind : `a ${kind}`;
}

/** The same for an argument that can hold a secret. */
export function invalidSecret(rule: string): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_INVALID_ARGUMENT', `${rule}. What was given is not shown.`);
}

/** Text for an A form that its code page does not hold. */
export function notInCodePage(text: string, page: number): IscsidscError {
  return invalidArgument(`Text for an A form must be in the ANSI code page, here ${page}`, text);
}

function show(value: unknown, depth = 0, customInspect = true): string {
  const breakLength = Number.POSITIVE_INFINITY;
  const text = inspect(value, { depth, customInspect, breakLength, maxStringLength: 80 });
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/** Text for a value without what is inside an object: that can be a secret. */
function showOutside(value: unknown): string {
  if (typeof value === 'symbol') return 'a symbol';
  if (isNativeError(value) || isBoxedPrimitive(value)) return '[Object]';
  try {
    return show(value, -1, false);
  } catch {
    // A getter of it throws.
    return '[Object]';
  }
}

/** Returns true for an error of this package, and narrows the type of its `code`. */
export function isIscsidscError(value: unknown): value is IscsidscError {
  return value instanceof IscsidscError;
}

/** The same, or an abort. */
export function isOwnError(value: unknown): value is IscsidscError | AbortError {
  return value instanceof IscsidscError || value instanceof AbortError;
}
