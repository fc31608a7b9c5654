/** A word that could be meant, and what to type for it. */
export type Candidate = readonly [word: string, typed: string];

/**
 * `Did you mean 'sessions'?`, or undefined if no candidate is near the word. If the nearest word stands for several
 * things, all are named.
 */
export function suggestion(word: string, candidates: readonly Candidate[]): string | undefined {
  const meant = word.toLowerCase();
  if (meant === '') return undefined;
  const [nearest] = candidates
    .map(([candidate, typed]) => ({ candidate, typed, distance: distanceOf(meant, candidate) }))
    .filter(({ distance }) => distance <= 1 || distance <= meant.length / 3)
    .sort((one, other) => one.distance - other.distance);
  if (nearest === undefined) return undefined;
  const same = candidates.filter(([candidate]) => candidate === nearest.candidate);
  const all = [...new Set(same.map(([, typed]) => `'${typed}'`))];
  return `Did you mean ${[all.slice(0, -1).join(', '), all.at(-1)].filter(Boolean).join(' or ')}?`;
}

function distanceOf(word: string, candidate: string): number {
  // The beginning of a longer word is nearly as good as the word.
  if (word.length > 2 && candidate.startsWith(word)) return candidate === word ? 0 : 1;
  return edits(word, candidate);
}

/** The number of letters to insert, to delete, to replace, or to swap with their neighbour (Damerau and Levenshtein). */
function edits(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      current.push(least);
    }
    before = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
