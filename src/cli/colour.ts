// util.styleText would do, but Node.js 20.0 to 20.11 do not have it.
const CODES = { bold: [1, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

export type Colour = keyof typeof CODES;

export function paint(colour: Colour, text: string): string {
  const [on, off] = CODES[colour];
  return `\x1b[${on}m${text}\x1b[${off}m`;
}
