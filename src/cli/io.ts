import type { Library } from '../index.js';

/** Where a command writes to, and what it is told about that place. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The width of the terminal; undefined where nothing need be shortened, as in a pipe. */
  readonly columns?: number | undefined;
  readonly colour: boolean;
  readonly version: string;
  /** Whom to ask in place of Windows' own iscsidsc.dll. */
  readonly library?: Library;
}

export interface Output {
  write(text: string): unknown;
}
