import {
  type IscsidscError,
  type IscsidscErrorCode,
  isIscsidscError,
  type Pending,
  StatusError,
} from '../../errors.js';

/** Why a call has failed, as plain data. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly syscall?: string;
  readonly errno?: number;
  readonly pending?: Pending;
  /** The error beneath. An anonymous one has no more than its code. */
  readonly cause?: { readonly code?: string | undefined; readonly message?: string };
}

// Texts of these are made of words and numbers of this package alone, like those of statuses.
const NAMELESS: readonly string[] = [
  'ERR_ISCSIDSC_BUFFER_RETRIES',
  'ERR_ISCSIDSC_BUFFER_TOO_LARGE',
  'ERR_ISCSIDSC_MALFORMED_REPLY',
  'ERR_ISCSIDSC_TIMEOUT',
  'ERR_ISCSIDSC_UNSUPPORTED_PLATFORM',
] satisfies IscsidscErrorCode[];

/** An anonymous one has the text of an error only if that cannot hold a name of the machine. */
export function failureOf(error: unknown, isAnonymous: boolean): Failure {
  if (!isIscsidscError(error)) {
    const message = error instanceof Error ? error.message : String(error);
    return { code: 'UNKNOWN', message: isAnonymous ? 'The library threw an error of its own.' : message, hint: null };
  }
  const { code, syscall, errno, pending, hint = null } = error;
  const facts = {
    ...(syscall !== undefined && { syscall }),
    ...(errno !== undefined && { errno }),
    ...(pending !== undefined && { pending }),
    ...causeOf(error, isAnonymous),
  };
  const isNameless = error instanceof StatusError || NAMELESS.includes(code);
  if (isAnonymous && !isNameless) return { code, message: `The error is ${code}.`, hint: null, ...facts };
  const end = ` ${hint}`;
  const message = error.message.endsWith(end) ? error.message.slice(0, -end.length) : error.message;
  return { code, message, hint, ...facts };
}

// Of a file that cannot be loaded. The texts of these have its path in them.
const CAUSES: readonly string[] = ['ERR_DLOPEN_FAILED', 'MODULE_NOT_FOUND'];

function causeOf({ cause }: IscsidscError, isAnonymous: boolean): Pick<Failure, 'cause'> {
  if (!(cause instanceof Error)) return {};
  const { code, message } = cause as NodeJS.ErrnoException;
  const isKnown = isIscsidscError(cause) || (code !== undefined && CAUSES.includes(code));
  if (isAnonymous) return isKnown ? { cause: { code } } : {};
  return { cause: { ...(isKnown && { code }), message } };
}

/** Whether Windows has refused a call for lack of rights. */
export function isDenied(error: unknown): boolean {
  return isIscsidscError(error) && error.code === 'ERROR_ACCESS_DENIED';
}
