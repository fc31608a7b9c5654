import type { Readable } from 'node:stream';
import type { Library } from '../index.js';
import type { Format } from './terminal/colour.js';
import type { Interruption } from './terminal/interruption.js';

/** Where the command line writes to, and what it knows about that place and about its user. */
export interface Io extends Format {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The width of the terminal that stdout is; undefined in a pipe. */
  readonly columns?: number | undefined;
  /** The height of a terminal on which text can be replaced in place; undefined elsewhere. */
  readonly rows?: number | undefined;
  /** The width of the terminal that stderr is; undefined in a pipe. */
  readonly errorColumns?: number | undefined;
  /** Whether stderr is a terminal on which text can be replaced in place. */
  readonly errorObeysEscapes?: boolean | undefined;
  /** Of the package. */
  readonly version: string;
  readonly interruption: Interruption;
  now(): Date;
  /** Asks the user; undefined if there is no terminal to ask on. */
  readonly ask?: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
  /** The same without showing the answer. */
  readonly askSecret?: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
  /** What is piped into the command. */
  readonly stdin: Readable;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What to call in place of Windows' own iscsidsc.dll. */
  readonly library?: Library;
}

export interface Output {
  /** `written` is called when the text has gone out. */
  write(text: string, written?: () => void): unknown;
}
