import type { Library } from '../index.js';
import type { Interruption } from './interruption.js';

/** Where a command writes to, and what it is told about that place and about its user. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The width of the terminal; undefined where nothing need be shortened, as in a pipe. */
  readonly columns?: number | undefined;
  /** The height of a terminal on which text can be replaced in place; undefined elsewhere. */
  readonly rows?: number | undefined;
  readonly colour: boolean;
  readonly version: string;
  readonly interruption: Interruption;
  now(): Date;
  /** Asks the user and gives the answer; left out where there is no terminal to ask on. */
  ask?(question: string): Promise<string>;
  /** Whom to ask in place of Windows' own iscsidsc.dll. */
  readonly library?: Library;
}

export interface Output {
  /** `written` is called when the text has gone out. */
  write(text: string, written?: () => void): unknown;
}
