import type { WriteStream } from 'node:tty';

// util.styleText would do, but Node.js 20.0 to 20.11 do not have it.
const CODES = { bold: [1, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

export type Colour = keyof typeof CODES;

/** How text is laid out. */
export interface Format {
  /** The width to keep to; undefined if there is none, as in a pipe. */
  readonly columns?: number | undefined;
  readonly colour: boolean;
}

export function paint(text: string, colour: Colour | undefined, format: Format): string {
  if (colour === undefined || !format.colour) return text;
  const [on, off] = CODES[colour];
  return `\x1b[${on}m${text}\x1b[${off}m`;
}

/** Whether to write colours, by Node's own rules: FORCE_COLOR comes first, then NO_COLOR, TERM and the terminal. */
export function wantsColour(
  { FORCE_COLOR: forced }: NodeJS.ProcessEnv,
  stream: Pick<WriteStream, 'isTTY' | 'hasColors'>,
): boolean {
  if (forced !== undefined) return ['', '1', 'true', '2', '3'].includes(forced);
  return stream.isTTY && stream.hasColors();
}
