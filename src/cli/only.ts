import { AmbiguousName, type Candidate, type CommandError } from './failure.js';

/** How to distinguish things, and what to say where that does not work. */
interface Naming<Thing> {
  /** What the code of an error calls them: `SESSION`. */
  readonly kind: string;
  readonly none: CommandError;
  /** The sentence for more than one. */
  many(count: number): string;
  /** How to name one of them. */
  readonly hint: string;
  candidate(thing: Thing): Candidate;
}

/** The only one of these things. Throws if there is none, or more than one. */
export function theOnly<Thing>(things: readonly Thing[], { kind, none, many, hint, candidate }: Naming<Thing>): Thing {
  const [first, second] = things;
  if (first === undefined) throw none;
  if (second === undefined) return first;
  throw new AmbiguousName(kind, many(things.length), hint, things.map(candidate));
}
