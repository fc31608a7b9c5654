/** The way to a value inside another one: the name of a member, or the index of an element, at each level. */
export type Place = readonly (string | number)[];

/** Puts a value at its place. The root itself is the place without a step. */
export function put(root: unknown, place: Place, value: unknown): unknown {
  const last = place.at(-1);
  if (last === undefined) return value;
  let holder = root as Record<string | number, unknown>;
  for (const step of place.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>;
  holder[last] = value;
  return root;
}
