/** The name of a number in a struct; a number without a known name stays a number. */
export type Named<Name extends string> = Name | number;

type Names<Name extends string> = Readonly<Record<number, Name>>;

export function nameOf<Name extends string>(names: Names<Name>, value: number): Named<Name> {
  return Object.hasOwn(names, value) ? (names[value] as Name) : value;
}

export function numberOf<Name extends string>(names: Names<Name>, name: Named<Name>): number {
  if (typeof name === 'number') return name;
  return Number(Object.keys(names).find(value => names[Number(value)] === name));
}
