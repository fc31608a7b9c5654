import { type Advised, adviceFor } from './advice.js';
import type { Io } from './io.js';
import { printable, printableJson } from './terminal/printable.js';
import { wrap } from './terminal/text.js';

/** How a command ended. */
export interface Outcome {
  readonly status: number;
  /** A native call may not have returned, and would hold up the end of the process. */
  readonly hanging: boolean;
}

/** What the help says of exit statuses. */
export const EXIT_STATUSES =
  '0 done, 1 failed, 2 wrong usage, 3 timed out, 4 not found, 5 access denied, 130 interrupted';

/** An error of the command line itself. */
export class CommandError extends Error {
  readonly code: string;
  readonly status: 1 | 2 | 4;
  readonly hint: string;

  constructor(code: string, status: 1 | 2 | 4, problem: string, hint: string) {
    super(`${problem} ${hint}`);
    this.code = code;
    this.status = status;
    this.hint = hint;
  }
}

/** The command line is wrong. Nothing has been called. */
export class UsageError extends Error {
  /** `suggestion` is what may be meant. */
  constructor(problem: string, suggestion?: string) {
    super(suggestion === undefined ? problem : `${problem} ${suggestion}`);
  }

  /** The same with where to read on. `command` is that of `iscsidsc help`, if one was found. */
  withHint(command: string | undefined): CommandError {
    const hint = `See 'iscsidsc help${command === undefined ? '' : ` ${command}`}'.`;
    return new CommandError('ERR_ISCSIDSC_INVALID_ARGUMENT', 2, this.message, hint);
  }
}

/** One of the things that are meant by an ambiguous name: for JSON, and as a line of text. */
export interface Candidate {
  readonly data: object;
  readonly text: string;
}

/** More than one thing fits. */
export class AmbiguousName extends CommandError {
  readonly candidates: readonly Candidate[];

  constructor(thing: string, problem: string, hint: string, candidates: readonly Candidate[]) {
    super(`ERR_ISCSIDSC_AMBIGUOUS_${thing}`, 2, problem, hint);
    this.candidates = candidates;
  }
}

/** A part of the command was done: `result` is printed, and `cause`, which ended it, is reported. */
export class DoneInPart extends Error {
  readonly result: unknown;

  constructor(result: unknown, cause: unknown) {
    super('The command was done in part.', { cause });
    this.result = result;
  }
}

/** Tells the user about an error, without its stack. */
export function reportFailure(error: unknown, { json, changes }: { json: boolean; changes: boolean }, io: Io): Outcome {
  const details = failureDetails(error, changes);
  tell(details, json, io);
  if (!json && error instanceof AmbiguousName) {
    for (const { text } of error.candidates) io.stderr.write(`  ${printable(text)}\n`);
  }
  return { status: statusOf(error, details.code), hanging: details.pending === 'running' };
}

/** Returns a function that tells the user about a warning, once of each kind. */
export function warningReporter(json: boolean, io: Io): (warning: Error) => void {
  const told = new Set<string>();
  return warning => {
    const details = failureDetails(warning);
    const kind = `${details.errno} ${details.syscall}`;
    if (told.has(kind)) return;
    told.add(kind);
    if (json) tell({ name: warning.name, ...details }, json, io);
    else tell({ ...details, message: `warning: ${details.message}` }, json, io);
  };
}

/** What the user reads of an error. Members without a value are undefined. */
export interface FailureDetails {
  readonly name?: string;
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly syscall?: unknown;
  /** Of an abandoned call: whether it was made. */
  readonly pending?: unknown;
  /** Of a portal whose discovery failed. */
  readonly portalRegistered?: unknown;
  /** Of a SCSI command that the device has refused. */
  readonly scsiStatus?: unknown;
  /** What the device said of it. */
  readonly sense?: unknown;
  /** Of a service that stopped again: the error with which it did, and its own. */
  readonly win32ExitCode?: unknown;
  readonly serviceSpecificExitCode?: unknown;
  /** The names of volumes that are or can be in use. */
  readonly volumes?: readonly string[] | undefined;
  /** The portals that did not work. */
  readonly failed?: unknown;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly candidates?: readonly object[] | undefined;
}

/** Of an error, also as plain data. With `changes`, a call that still runs may take effect later. */
export function failureDetails(error: unknown, changes = false): FailureDetails {
  const given: Advised = hasMessage(error) ? error : { message: String(error) };
  const { code, errno, syscall, pending, portalRegistered, scsiStatus, sense } = given;
  const { win32ExitCode, serviceSpecificExitCode, volumes, failed } = given;
  const candidates = error instanceof AmbiguousName ? error.candidates.map(({ data }) => data) : undefined;
  const said = code === 'ABORT_ERR' ? 'Interrupted.' : withoutHint(given);
  const unnamed = volumes?.filter(name => !said.includes(name)) ?? [];
  const where = unnamed.length === 0 ? undefined : `Volumes on its disks: ${unnamed.join(', ')}.`;
  const advice = adviceFor(given) ?? (code === 'ABORT_ERR' ? undefined : given.hint);
  const effect = changes && pending === 'running' && !READS.test(String(syscall)) ? MAY_TAKE_EFFECT : undefined;
  const hint = [effect, advice].filter(Boolean).join(' ') || undefined;
  const message = [said, where, hint].filter(Boolean).join(' ');
  return {
    code,
    errno,
    syscall,
    pending,
    portalRegistered,
    scsiStatus,
    sense,
    win32ExitCode,
    serviceSpecificExitCode,
    volumes,
    failed,
    message,
    hint,
    candidates,
  };
}

function hasMessage(error: unknown): error is { message: string } {
  return typeof Object(error).message === 'string';
}

// Exports that change nothing.
const READS = /^(Find|Get|Query|Report|SendScsi)/;
const MAY_TAKE_EFFECT = 'The call cannot be cancelled and may still take effect.';

function withoutHint({ message, hint }: FailureDetails): string {
  const end = ` ${hint}`;
  return message.endsWith(end) ? message.slice(0, -end.length) : message;
}

function statusOf(error: unknown, code: unknown): number {
  if (error instanceof CommandError) return error.status;
  if (code === 'ERR_ISCSIDSC_TIMEOUT') return 3;
  if (code === 'ERR_ISCSIDSC_INVALID_ARGUMENT') return 2;
  if (/^ISDSC_(INVALID_(SESSION|CONNECTION)_ID|.*NOT_FOUND)$/.test(String(code))) return 4;
  if (code === 'ERROR_SERVICE_DOES_NOT_EXIST' || code === 'ERR_ISCSIDSC_NOT_LISTED') return 4;
  if (code === 'ERROR_ACCESS_DENIED') return 5;
  if (code === 'ABORT_ERR') return 130;
  return 1;
}

function tell(details: FailureDetails, json: boolean, io: Io): void {
  if (json) io.stderr.write(`${printableJson(details)}\n`);
  else tellText(details.message, io);
}

/** Tells the user something that is not the result. */
export function tellText(text: string, { stderr, errorColumns = Number.POSITIVE_INFINITY }: Io): void {
  stderr.write(`${wrap(`iscsidsc: ${printable(text)}`, errorColumns).join('\n')}\n`);
}
