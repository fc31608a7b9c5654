import { SIZES } from './sizes.js';
import type { Comparison } from './turns.js';

/** What the project promises of a ratio. */
export type Promised = { atLeast: number } | { atMost: number };

/** One comparison. Times are in microseconds. */
export interface Row {
  label: string;
  mine: number;
  other: number;
  ratio: number;
  promise?: Promised;
}

export interface Section {
  title: string;
  /** Headings of the two times and of their ratio. */
  mine: string;
  other: string;
  ratio: string;
  rows: Row[];
}

const HEADINGS = {
  unicode: {
    title: 'Decoding a reply of GetIScsiSessionListW',
    mine: 'this package',
    other: 'koffi.decode',
    ratio: 'times less',
  },
  ansi: {
    title: 'Decoding a reply of GetIScsiSessionListA',
    mine: 'this package',
    other: 'koffi.decode',
    ratio: 'times less',
  },
  c: {
    title: 'The whole call in Windows Node.js, and a C program that does the same',
    mine: 'this package',
    other: 'C',
    ratio: 'package / C',
  },
  plain: {
    title: 'The whole call in Windows Node.js, and with koffi.decode',
    mine: 'this package',
    other: 'koffi.decode',
    ratio: 'times less',
  },
  rest: { title: 'The rest of the cost', mine: 'this', other: 'over that', ratio: 'ratio' },
} as const;

export function sectionOf(name: keyof typeof HEADINGS, rows: Row[]): Section {
  return { ...HEADINGS[name], rows };
}

/** A row for every size; a promise may be for some of them alone. */
export function sizeRows(
  comparisons: readonly Comparison[],
  promises: Readonly<Partial<Record<number, Promised>>> = {},
): Row[] {
  return comparisons.map((comparison, index) => {
    const size = SIZES[index] ?? Number.NaN;
    const promise = promises[size];
    const label = `${size.toLocaleString('en')} session${size === 1 ? '' : 's'}`;
    return { label, ...comparison, ...(promise ? { promise } : {}) };
  });
}

/** With the ratio turned round: how many times less. */
export function timesLess(comparison: Comparison): Comparison {
  return { ...comparison, ratio: 1 / comparison.ratio };
}

/** Whether the number is as promised; undefined where nothing is. */
export function isKept({ ratio, promise }: Row): boolean | undefined {
  if (promise === undefined) return undefined;
  return 'atLeast' in promise ? ratio >= promise.atLeast : ratio <= promise.atMost;
}
