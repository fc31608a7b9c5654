import { STRUCTS } from '../header/structs.js';
import { entryOf, type StructName, structType } from '../native/types.js';

type Table = typeof STRUCTS;
type Key<Name extends StructName> = Name extends keyof Table
  ? Name
  : Name extends `${infer Base}${'A' | 'W'}`
    ? `${Base}#` & keyof Table
    : never;

type Members<Name extends StructName> = { readonly [Member in keyof Table[Key<Name>]]: number };

/** Where the members of a struct lie in this process, in bytes, as Koffi lays them out. */
export interface Layout<Name extends StructName = StructName> {
  readonly name: Name;
  readonly size: number;
  readonly at: Members<Name>;
  readonly sizeOf: Members<Name>;
}

const layouts = new Map<string, Layout>();

/** The layout of a struct, taken from its Koffi type: x64, arm64 and ia32 come out right without a second table. */
export function layoutOf<Name extends StructName>(name: Name): Layout<Name> {
  let layout = layouts.get(name);
  if (layout === undefined) {
    const type = structType(name);
    const [members] = entryOf<object>(STRUCTS, name) ?? [{}];
    const names = Object.keys(members);
    const at = Object.fromEntries(names.map(member => [member, type.members?.[member]?.offset]));
    const sizeOf = Object.fromEntries(names.map(member => [member, type.members?.[member]?.type.size]));
    layout = { name, size: type.size, at, sizeOf } as unknown as Layout;
    layouts.set(name, layout);
  }
  return layout as unknown as Layout<Name>;
}
