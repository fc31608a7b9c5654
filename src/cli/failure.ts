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

/** Tells the user of an error, without its stack. */
export function reportFailure(error: unknown, json: boolean, stderr: Output): Outcome {
  const { code, errno, syscall, message, hint } = detailsOf(error);
  const text = json ? printableJson({ code, errno, syscall, message, hint }) : `iscsidsc: ${printable(message)}`;
  stderr.write(`${text}\n`);
  return { status: error instanceof UsageError ? 2 : 1, hanging: code === 'ERR_ISCSIDSC_TIMEOUT' };
}

interface Details {
  message: string;
  code?: unknown;
  errno?: unknown;
  syscall?: unknown;
  hint?: unknown;
}

function detailsOf(error: unknown): Details {
  return error instanceof Error ? error : { message: String(error) };
}
