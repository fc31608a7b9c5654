import { median } from './median.js';

/** Medians of both sides, and the median of the ratios (mine over other) of the turns. */
export interface Comparison {
  mine: number;
  other: number;
  ratio: number;
}

/**
 * Lets both sides measure in turns. The machine may be busy with other things, its clock may change: two long runs one
 * after the other would compare that. So turns are short, neighbours are compared with each other, who goes first
 * changes each time, and of the ratios the median is taken: what slows down both falls out, and what hits one of them
 * is one of many.
 */
export async function takeTurns(
  turns: number,
  mine: () => Promise<number>,
  other: () => Promise<number>,
): Promise<Comparison> {
  const pairs: { mine: number; other: number }[] = [];
  for (let turn = 0; turn < turns; turn++) {
    if (turn % 2 === 0) {
      const first = await mine();
      pairs.push({ mine: first, other: await other() });
    } else {
      const first = await other();
      pairs.push({ mine: await mine(), other: first });
    }
  }
  return {
    mine: median(pairs.map(pair => pair.mine)),
    other: median(pairs.map(pair => pair.other)),
    ratio: median(pairs.map(pair => pair.mine / pair.other)),
  };
}

/** The same for one session, where the sides had so many. */
export function perSession({ mine, other, ratio }: Comparison, mineCount: number, otherCount: number): Comparison {
  return { mine: mine / mineCount, other: other / otherCount, ratio: (ratio * otherCount) / mineCount };
}
