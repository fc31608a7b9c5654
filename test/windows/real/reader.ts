/** Reads a part of what PowerShell has written. Throws where it is of another kind. */
export type Read<Value> = (value: unknown, where: string) => Value;
type Members<Struct> = { readonly [Member in keyof Struct]: Read<Struct[Member]> };

/** Members that are not asked for stay behind: a CIM instance has some of its own. */
export function structOf<Struct extends object>(members: Members<Struct>): Read<Struct> {
  return (value, where) => {
    if (typeof value !== 'object' || value === null) throw new Error(`${where} is no object`);
    const entries = Object.entries<Read<unknown>>(members as Readonly<Record<string, Read<unknown>>>);
    return Object.fromEntries(
      entries.map(([name, read]) => [name, read((value as Record<string, unknown>)[name], `${where}.${name}`)]),
    ) as Struct;
  };
}

// PowerShell writes one of a list as itself, none as null, and 5.1 some arrays as {"value":[...],"Count":2}.
export function listOf<Value>(read: Read<Value>): Read<Value[]> {
  return (value, where) => {
    const wrapped = (value as { value?: unknown } | null | undefined)?.value;
    const list = Array.isArray(wrapped) ? wrapped : (value ?? []);
    return (Array.isArray(list) ? list : [list]).map((item, index) => read(item, `${where}[${index}]`));
  };
}

// Where there is no value, Windows gives an empty string or null.
export function text(value: unknown, where: string): string {
  if (value === null) return '';
  if (typeof value !== 'string') throw new Error(`${where} is no text`);
  return value;
}

export function number(value: unknown, where: string): number {
  const digits = String(value);
  if (!/^\d+$/.test(digits)) throw new Error(`${where} is no number`);
  return Number(digits);
}

export function flag(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw new Error(`${where} is neither true nor false`);
  return value;
}

/** Parses what PowerShell has written: it can begin with a byte order mark. */
export function parse<Value>(read: Read<Value>, json: string, name: string): Value {
  return read(JSON.parse(json.replace(/^\uFEFF/, '')), name);
}
