import type { CountedLibrary } from '../counted-library.js';

/** Calls with wrong arguments, by what is wrong with them. */
export type WrongCalls = Readonly<Record<string, (library: CountedLibrary) => unknown>>;

/** Plain JavaScript passes such things. */
export const wrong = <Value>(value: unknown) => value as Value;
