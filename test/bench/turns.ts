import { median } from './median.js';

/** Medians of both sides, and their ratio, mine over other: a reader can compute it from the two. */
export interface Comparison {
  mine: number;
  other: number;
  ratio: number;
}

/**
 * Lets both sides measure in turns. The machine may be busy with other things, its clock may change: two long runs one
 * after the other would compare that. So turns are short, who goes first changes each time, and of each side the median
 * is taken: what slows down both falls out, and what hits one of them is one of many.
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
  const [first, second] = [median(pairs.map(pair => pair.mine)), median(pairs.map(pair => pair.other))];
  return { mine: first, other: second, ratio: first / second };
}

/** The same for one session, where the sides had so many. */
export function perSession({ mine, other, ratio }: Comparison, mineCount: number, otherCount: number): Comparison {
  return { mine: mine / mineCount, other: other / otherCount, ratio: (ratio * otherCount) / mineCount };
}
