import assert from 'node:assert/strict';
import koffi from 'koffi';
import layouts from '../fixtures/layouts.json';

/** An argument of a native call. */
export type NativeArgument = number | bigint | ArrayBufferView | null;

interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly dir: string;
}

type Abi = 'x64' | 'ia32';
type Layouts = Readonly<
  Record<
    string,
    Readonly<Record<Abi, { size: number }>> & {
      readonly fields: Readonly<Record<string, { readonly type: string } & Readonly<Record<Abi, readonly number[]>>>>;
    }
  >
>;

const ABI: Abi = koffi.sizeof('void *') === 8 ? 'x64' : 'ia32';
const LAYOUTS = layouts as unknown as Layouts;

/**
 * What the callee finds, as the stand-in DLL records it. All pointers must lead into the buffer of the argument: then
 * nothing outside of it is read. `length` is the argument in front.
 */
export function decodeArgument(
  { type, dir }: Parameter,
  value: NativeArgument,
  length: NativeArgument | undefined,
  isAnsi: boolean,
  decodeAnsi: (bytes: Uint8Array) => string,
): unknown {
  if (typeof value === 'number' || typeof value === 'bigint') return decodeNumber(type, value);
  if (value === null) return null;
  const memory = new Memory(value, isAnsi, decodeAnsi);
  if (['PULONG', 'ULONG *'].includes(type)) return memory.number(0, 4);
  if (type === 'PUSHORT') return memory.number(0, 2);
  if (dir !== 'in' && type !== 'PIKE_AUTHENTICATION_INFORMATION') return 'memory';
  if (type === 'PSTR' || type === 'PWSTR') return memory.whole();
  if (type === 'PCHAR' || type === 'PUCHAR') return memory.hex(0, Number(length));
  if (type.startsWith('PISCSI_UNIQUE_')) return memory.id(0);
  return memory.struct(type.slice(1), 0);
}

const BITS: Readonly<Record<string, number>> = {
  BOOLEAN: 8,
  UCHAR: 8,
  ULONGLONG: 64,
  ISCSI_SECURITY_FLAGS: 64,
  TARGET_INFORMATION_CLASS: 31,
};

/** Koffi would cut a number that does not fit, or take it for another one. */
function decodeNumber(type: string, value: number | bigint): number | string {
  const bits = BITS[type] ?? 32;
  assert.ok(typeof value === 'bigint' || Number.isInteger(value), `${type}: ${value}`);
  assert.ok(value >= 0 && BigInt(value) < 2n ** BigInt(bits), `${type}: ${value}`);
  assert.ok(!type.startsWith('P'), `${type}: ${value}`);
  return bits === 64 ? String(BigInt(value)) : Number(value) + 0;
}

class Memory {
  readonly #bytes: Buffer;
  readonly #base: bigint;
  readonly #isAnsi: boolean;
  readonly #decodeAnsi: (bytes: Uint8Array) => string;

  constructor(memory: ArrayBufferView, isAnsi: boolean, decodeAnsi: (bytes: Uint8Array) => string) {
    this.#bytes = Buffer.from(memory.buffer, memory.byteOffset, memory.byteLength);
    this.#base = this.#bytes.length === 0 ? 0n : BigInt(koffi.address(this.#bytes));
    this.#isAnsi = isAnsi;
    this.#decodeAnsi = decodeAnsi;
  }

  number(at: number, size: number): number {
    return this.#bytes.readUIntLE(at, size);
  }

  hex(at: number, length: number): string {
    assert.ok(at + length <= this.#bytes.length, `${length} bytes at ${at} of ${this.#bytes.length}`);
    return this.#bytes.toString('hex', at, at + length);
  }

  id(at: number): string {
    const half = (offset: number) => this.#bytes.readBigUInt64LE(offset).toString(16);
    return `${half(at)}-${half(at + 8)}`;
  }

  /** The string that is all of the buffer. */
  whole(): string {
    const { length } = this.#bytes;
    const text = this.#text(0, length);
    // It ends with its terminator, and not with that of something else.
    assert.equal((this.#isAnsi ? this.#encodedLength : text.length * 2) + this.#unit, length);
    return text;
  }

  struct(name: string, at: number): unknown {
    const layout = LAYOUTS[name] ?? assert.fail(name);
    assert.ok(at + layout[ABI].size <= this.#bytes.length, `${name} at ${at} of ${this.#bytes.length} bytes`);
    const members: Record<string, unknown> = {};
    for (const [member, { type, [ABI]: place }] of Object.entries(layout.fields)) {
      const [offset = 0, size = 0] = place;
      members[member] = this.#member(members, member, type, at + offset, size);
    }
    return members;
  }

  #encodedLength = 0;

  get #unit(): number {
    return this.#isAnsi ? 1 : 2;
  }

  /** Counts and lengths come in front of what they count. */
  #member(before: Readonly<Record<string, unknown>>, name: string, type: string, at: number, size: number): unknown {
    if (/^W?CHAR\[/.test(type)) return this.#text(at, size);
    if (type === 'ISCSI_UNIQUE_SESSION_ID') return this.id(at);
    if (type === 'PSCSI_LUN_LIST') {
      return this.#pointed(at, offset => this.#array('SCSI_LUN_LIST', offset, Number(before.LUNCount)));
    }
    if (type === 'PUCHAR') {
      const length = before[`${name}Length`] ?? before[`${name}LengthInBytes`];
      return this.#pointed(at, offset => this.hex(offset, Number(length)));
    }
    if (type === 'IKE_AUTHENTICATION_PRESHARED_KEY') return this.struct(type, at);
    if (type.endsWith('[1]')) return this.#array(type.slice(0, -3), at, Number(before.Count));
    assert.ok(size <= 8 && !type.startsWith('P'), type);
    return size === 8 ? String(this.#bytes.readBigUInt64LE(at)) : this.number(at, size);
  }

  #array(struct: string, at: number, count: number): unknown[] {
    const { size } = LAYOUTS[struct]?.[ABI] ?? assert.fail(struct);
    return Array.from({ length: count }, (_, index) => this.struct(struct, at + index * size));
  }

  #pointed<Value>(at: number, read: (offset: number) => Value): Value | null {
    const address = ABI === 'x64' ? this.#bytes.readBigUInt64LE(at) : BigInt(this.#bytes.readUInt32LE(at));
    if (address === 0n) return null;
    const offset = address - this.#base;
    assert.ok(offset > 0n && offset < BigInt(this.#bytes.length), `a pointer to ${offset} of ${this.#bytes.length}`);
    return read(Number(offset));
  }

  #text(at: number, size: number): string {
    for (let end = at; end + this.#unit <= at + size; end += this.#unit) {
      if (this.number(end, this.#unit) !== 0) continue;
      this.#encodedLength = end - at;
      // Nothing of something else lies behind it.
      assert.ok(this.#bytes.subarray(end, at + size).every(byte => byte === 0));
      const bytes = this.#bytes.subarray(at, end);
      return this.#isAnsi ? this.#decodeAnsi(bytes) : bytes.toString('utf16le');
    }
    return assert.fail(`no terminator in ${size} bytes at ${at}`);
  }
}
