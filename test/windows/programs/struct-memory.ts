import { type StructName, structs } from 'iscsidsc/raw';
import koffi, { type TypeObject } from 'koffi';

/** A value for each member that is not zero. A Buffer is for a pointer to it. */
export interface Values {
  readonly [member: string]: number | bigint | string | Buffer | Values;
}

/** The memory of a struct. The caller keeps alive what its pointers lead to. */
export function structMemory(name: StructName, values: Values): Buffer {
  const bytes = Buffer.alloc(structs[name].size);
  writeMembers(bytes, structs[name] as unknown as TypeObject, values, name.endsWith('W') ? 'utf16le' : 'latin1');
  return bytes;
}

function writeMembers(bytes: Buffer, struct: TypeObject, values: Values, encoding: BufferEncoding): void {
  for (const [name, value] of Object.entries(values)) {
    const member = struct.members?.[name];
    if (member === undefined) throw new Error(`No such member: ${name}`);
    const { offset, type } = member;
    write(bytes.subarray(offset, offset + type.size), type, value, encoding);
  }
}

function write(bytes: Buffer, type: TypeObject, value: Values[string], encoding: BufferEncoding): void {
  if (typeof value === 'string') bytes.write(value, encoding);
  else if (Buffer.isBuffer(value)) bytes.writeBigUInt64LE(BigInt(koffi.address(value)));
  else if (typeof value === 'object') writeMembers(bytes, type, value, encoding);
  else if (type.size === 8) bytes.writeBigUInt64LE(BigInt(value));
  else bytes.writeUIntLE(Number(value), 0, type.size);
}
