import type { TypeObject } from 'koffi';
import { STRUCTS } from '../header/structs.js';
import { koffi } from './koffi.js';

/** The A or the W form of a function or a struct. */
export type Form = 'A' | 'W';

/** The two names of a function: made once, where a name made for each call would be looked up as a new string. */
export function bothForms<Name extends string>(name: Name): { readonly A: `${Name}A`; readonly W: `${Name}W` } {
  return { A: `${name}A`, W: `${name}W` };
}

type Forms<Name> = Name extends `${infer Base}#` ? `${Base}A` | `${Base}W` : Name;

/** The name of a struct of iscsidsc.h. */
export type StructName = Forms<keyof typeof STRUCTS>;

/** The entry of a table whose keys may end with `#`, for a name with its A or W. */
export type EntryOf<Table, Name extends string> = Name extends keyof Table
  ? Table[Name]
  : Name extends `${infer Base}${Form}`
    ? `${Base}#` extends keyof Table
      ? Table[`${Base}#`]
      : never
    : never;

type MembersOf<Name extends StructName> = EntryOf<typeof STRUCTS, Name>;

type MemberType<Type, Struct> = Type extends StructName
  ? StructType<Type>
  : Type extends `${infer Base}#`
    ? `${Base}${Struct extends `${string}A` ? 'A' : 'W'}` extends infer Nested extends StructName
      ? StructType<Nested>
      : TypeObject
    : TypeObject;

type StructMembers<Name extends StructName> = {
  readonly [Member in keyof MembersOf<Name>]: StructMember<MemberType<MembersOf<Name>[Member], Name>>;
};

/** A member of a struct. */
export interface StructMember<Type = TypeObject> {
  /** As in the C header. */
  readonly name: string;
  /** The type of its value; that of a struct inside the struct has members, too. */
  readonly type: Type;
  /** In bytes from the start of the struct. */
  readonly offset: number;
}

/** The Koffi type of a struct of iscsidsc.h, with its members by name. */
export interface StructType<Name extends StructName = StructName> extends Omit<TypeObject, 'members'> {
  /** By name. */
  readonly members: StructMembers<Name>;
}

const SCALARS: Readonly<Record<string, string>> = {
  BOOLEAN: 'uint8',
  UCHAR: 'uint8',
  CHAR: 'uint8',
  WCHAR: 'char16',
  USHORT: 'uint16',
  ULONG: 'uint32',
  ENUM: 'int32',
  TARGET_INFORMATION_CLASS: 'int32',
  ISCSI_TARGET_FLAGS: 'uint32',
  ULONGLONG: 'uint64',
  ISCSI_SECURITY_FLAGS: 'uint64',
};

const declared = new Map<string, TypeObject>();

/** The entry of a table whose keys may end with `#`, and the form in which the name asks for it. */
export function entryOf<Entry>(table: Readonly<Record<string, Entry>>, name: string): [Entry, Form] | undefined {
  const form = name.endsWith('A') ? 'A' : 'W';
  const key = Object.hasOwn(table, name) ? name : `${name.slice(0, -1)}#`;
  const entry = Object.hasOwn(table, key) && name === inForm(key, form) ? table[key] : undefined;
  return entry === undefined ? undefined : [entry, form];
}

/** `P#CHAR` in the W form is `PWCHAR`, `ISCSI_SESSION_INFO#` is `ISCSI_SESSION_INFOW`. */
export function inForm(text: string, form: Form): string {
  return text
    .replace('#CHAR', form === 'W' ? 'WCHAR' : 'CHAR')
    .replace('#STR', form === 'W' ? 'WSTR' : 'STR')
    .replace('#', form);
}

/** The names in a table whose keys may end with `#`, W before A as in the header. */
export function namesIn(table: object): string[] {
  return Object.keys(table).flatMap(key => (key.endsWith('#') ? [inForm(key, 'W'), inForm(key, 'A')] : [key]));
}

/**
 * The Koffi type for a C type of the tables. Types have no name of their own: Koffi's names are global in the process,
 * and a second copy of this package would collide.
 */
export function typeOf(name: string): TypeObject {
  let type = declared.get(name);
  if (type === undefined) {
    type = declare(name);
    declared.set(name, type);
  }
  return type;
}

/** The declared struct of that name. */
export function structType(name: StructName): TypeObject {
  return typeOf(name);
}

function declare(name: string): TypeObject {
  const array = /^(.+)\[(\d+)\]$/.exec(name);
  if (array) return koffi().array(typeOf(array[1] as string), Number(array[2]));
  if (Object.hasOwn(SCALARS, name)) return koffi().type(SCALARS[name] as string);
  if (name === 'ISCSI_UNIQUE_CONNECTION_ID') return typeOf('ISCSI_UNIQUE_SESSION_ID');
  const struct = entryOf<Readonly<Record<string, string>>>(STRUCTS, name);
  if (struct) {
    const [members, form] = struct;
    return koffi().struct(
      Object.fromEntries(Object.entries(members).map(([member, type]) => [member, typeOf(inForm(type, form))])),
    );
  }
  if (name === 'PWSTR') return koffi().type('str16');
  // A PSTR holds bytes of the ANSI code page: Koffi would make UTF-8 of a string, so the caller brings bytes.
  if (name === 'PSTR') return koffi().pointer(typeOf('CHAR'));
  // A pointer to Koffi's char16 is a string to it; this is memory that the callee writes to.
  if (name === 'PWCHAR') return koffi().pointer(typeOf('USHORT'));
  if (name === 'PVOID') return koffi().pointer('void');
  if (name.startsWith('P')) return koffi().pointer(typeOf(name.slice(1)));
  throw new TypeError(`No such native type: ${name}`);
}
