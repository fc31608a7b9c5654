import type { Output } from './io.js';
import { printable, printableJson } from './printable.js';
import { UsageError } from './usage-error.js';

/** How a command ended. */
export interface Outcome {
  /** The exit status: a call failed (1), the command line is wrong (2). */
  readonly status: 0 | 1 | 2;
  /** A native call may not have returned, and would hold up the end of the process. */
  readonly hanging: boolean;
}

// What the library cannot know: that it is asked by the command line.
const MORE_HINTS: Readonly<Record<string, string>> = {
  ERR_ISCSIDSC_UNSUPPORTED_PLATFORM: 'On the command line, --simulate asks the simulator.',
};

/** Tells the user of an error, without its stack. */
export function reportFailure(error: unknown, json: boolean, stderr: Output): Outcome {
  const details = failureDetails(error);
  tell(details, json, stderr);
  return { status: error instanceof UsageError ? 2 : 1, hanging: details.code === 'ERR_ISCSIDSC_TIMEOUT' };
}

/** Gives a function that tells the user that a call has worked, but: once of each kind. */
export function warningReporter(json: boolean, stderr: Output): (warning: Error) => void {
  const told = new Set<string>();
  return warning => {
    const details = failureDetails(warning);
    const kind = `${details.errno} ${details.syscall}`;
    if (told.has(kind)) return;
    told.add(kind);
    if (json) tell({ name: warning.name, ...details }, json, stderr);
    else tell({ ...details, message: `warning: ${details.message}` }, json, stderr);
  };
}

/** What the user is told of an error; a member without a value is undefined. */
export function failureDetails(error: unknown): Details {
  const details: Details = error instanceof Error ? error : { message: String(error) };
  const { code, errno, syscall, message, hint } = details;
  if (code === 'ERR_ISCSIDSC_UNKNOWN_STATUS' && details.systemMessage !== undefined) {
    const said = `Windows says: ${details.systemMessage}`;
    return { code, errno, syscall, message: message.replace(String(hint), () => said), hint: said };
  }
  const more = MORE_HINTS[String(code)];
  if (more === undefined) return { code, errno, syscall, message, hint };
  return { code, errno, syscall, message: `${message} ${more}`, hint: hint === undefined ? more : `${hint} ${more}` };
}

function tell(details: Details, json: boolean, stderr: Output): void {
  stderr.write(`${json ? printableJson(details) : `iscsidsc: ${printable(details.message)}`}\n`);
}

interface Details {
  name?: string;
  code?: unknown;
  errno?: unknown;
  syscall?: unknown;
  message: string;
  hint?: unknown;
  systemMessage?: unknown;
}
