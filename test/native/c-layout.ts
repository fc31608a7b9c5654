import { STRUCTS } from '../../src/header/structs.js';

interface Size {
  size: number;
  align: number;
}

interface Layout extends Size {
  fields: Record<string, [offset: number, size: number]>;
}

const SCALAR_SIZES: Readonly<Record<string, number>> = {
  BOOLEAN: 1,
  UCHAR: 1,
  CHAR: 1,
  WCHAR: 2,
  USHORT: 2,
  ULONG: 4,
  ENUM: 4,
  ULONGLONG: 8,
};

/** Lays a struct of the table out by the rules of C, as MSVC does: 64-bit numbers are aligned to 8, on ia32 too. */
export function layOut(name: string, pointerSize: 4 | 8): Layout {
  const [members, form] = membersOf(name);
  const fields: Layout['fields'] = {};
  let end = 0;
  let align = 1;
  for (const [member, type] of Object.entries(members)) {
    const each = sizeOf(type.replace('#CHAR', form === 'W' ? 'WCHAR' : 'CHAR').replace('#', form), pointerSize);
    const offset = Math.ceil(end / each.align) * each.align;
    fields[member] = [offset, each.size];
    end = offset + each.size;
    align = Math.max(align, each.align);
  }
  return { size: Math.ceil(end / align) * align, align, fields };
}

function membersOf(name: string): [Readonly<Record<string, string>>, string] {
  const table: Readonly<Record<string, Readonly<Record<string, string>>>> = STRUCTS;
  const plain = table[name];
  if (plain) return [plain, ''];
  const pair = table[`${name.slice(0, -1)}#`];
  if (pair) return [pair, name.slice(-1)];
  throw new Error(`${name} is not in STRUCTS`);
}

function sizeOf(type: string, pointerSize: 4 | 8): Size {
  const array = /^(.+)\[(\d+)\]$/.exec(type);
  if (array) {
    const { size, align } = sizeOf(String(array[1]), pointerSize);
    return { size: size * Number(array[2]), align };
  }
  const scalar = SCALAR_SIZES[type];
  if (scalar !== undefined) return { size: scalar, align: scalar };
  if (/^P[A-Z]/.test(type) && type !== 'PERSISTENT_ISCSI_LOGIN_INFOA' && type !== 'PERSISTENT_ISCSI_LOGIN_INFOW') {
    return { size: pointerSize, align: pointerSize };
  }
  return layOut(type, pointerSize);
}
