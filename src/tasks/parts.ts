import { runChecked } from '../api/call.js';
import type { CheckedOptions } from '../api/options.js';
import type { PausingProcedure, Procedure } from '../call/procedure.js';
import type { ScsiStatus, SenseData } from '../codec/sense.js';
import { IscsidscError, isIscsidscError, type Pending } from '../errors.js';

/** Why a part is missing: an error as plain data. */
export interface MissingPart {
  /** `StatusError` for a status of the initiator, else `IscsidscError`. */
  name: string;
  /** The stable name of the error. */
  code: string;
  /** What happened, and what to do. */
  message: string;
  /** What to do, alone. */
  hint?: string;
  /** The status behind `code`, unsigned. */
  errno?: number;
  /** The export that was called. */
  syscall?: string;
  /** Of `ERR_ISCSIDSC_MALFORMED_REPLY`: the struct member that did not fit. */
  member?: string;
  /** Where that member lies, in bytes from the start of the reply. */
  offset?: number;
  /** Of `ERR_ISCSIDSC_TIMEOUT`: how far the call for this part had come. */
  pending?: Pending;
  /** Of a SCSI command that the device has refused: its status. */
  scsiStatus?: ScsiStatus;
  /** Of a SCSI command that the device has refused: what the device says of it. */
  sense?: SenseData;
  /** The error beneath: after `'betweenAttempts'`, why the last attempt failed. */
  cause?: {
    /** The kind of the error. */
    name: string;
    /** What happened, and what to do. */
    message: string;
    /** The stable name of the error, if it has one. */
    code?: string;
  };
}

export function missingPart(error: IscsidscError): MissingPart {
  return error.toJSON() as unknown as MissingPart;
}

/** One part of a result. If what asks for it fails, the rest of the result is worth having without it. */
export class Part<Value> {
  readonly #what: string;
  #state: 'notAsked' | 'asking' | 'answered' = 'notAsked';
  #value: Value | null = null;
  #error: IscsidscError | undefined;

  /** `what` is asked for: `its portals`. */
  constructor(what: string) {
    this.#what = what;
  }

  *ask(procedure: () => PausingProcedure<Value>): PausingProcedure<void> {
    this.#state = 'asking';
    try {
      this.#value = yield* procedure();
    } catch (error) {
      if (!isIscsidscError(error)) throw error;
      this.#error = error;
    }
    this.#state = 'answered';
  }

  /** It is missing for a reason that was known before anybody was asked for it. */
  fail(reason: IscsidscError): void {
    this.#state = 'answered';
    this.#error = reason;
  }

  /** Null if it failed, and if it has not been answered. */
  get value(): Value | null {
    return this.#value;
  }

  /** Why there is no value. `timeout` is the error with which the deadline ended the procedure, if it did. */
  reason(timeout: IscsidscError | undefined): IscsidscError | undefined {
    if (this.#state === 'answered') return this.#error;
    if (timeout === undefined) throw new Error(`Nothing has asked for ${this.#what}.`);
    if (this.#state === 'asking' && timeout.pending === 'running') return timeout;
    return notAsked(`The time ended before the initiator was asked for ${this.#what}.`);
  }

  /** The same as plain data, null where there is a value. */
  missing(timeout: IscsidscError | undefined): MissingPart | null {
    const reason = this.reason(timeout);
    return reason === undefined ? null : missingPart(reason);
  }
}

/** The result of a procedure, or `other` where it fails with an error of this package. */
export function* resultOr<Result>(procedure: () => Procedure<Result>, other: Result): Procedure<Result> {
  try {
    return yield* procedure();
  } catch (error) {
    if (isIscsidscError(error)) return other;
    throw error;
  }
}

/** Why a part is missing whose call was not made. */
export function notAsked(message: string, hint = 'Allow more time.'): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_TIMEOUT', message, { hint, pending: 'notStarted' });
}

/**
 * Runs a procedure. If the deadline ends it when a part of the result is there already, returns the error in place of
 * throwing it.
 */
export async function runToDeadline(
  checked: CheckedOptions,
  procedure: () => PausingProcedure<void>,
  hasResult: () => boolean,
): Promise<IscsidscError | undefined> {
  try {
    await runChecked(checked, procedure);
    return undefined;
  } catch (error) {
    if (isTimeout(error) && hasResult()) return error;
    throw error;
  }
}

export function isTimeout(error: unknown): error is IscsidscError {
  return isIscsidscError(error) && error.code === 'ERR_ISCSIDSC_TIMEOUT';
}
