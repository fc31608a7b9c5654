import { LOGIN_OPTIONS, type LoginOptions, SECURITY_FLAGS, type SecurityFlag } from '../api/logins/login-options.js';
import { PORTAL_GROUP } from '../api/targets/static-targets.js';
import { type Flags, flagNames } from '../codec/numbers.js';
import { type Piece, Sink, type TextForm, writePointer } from '../codec/sink.js';
import { Reply, Source } from '../codec/source.js';
import type { FieldKind, Struct, StructDescription } from '../codec/struct.js';
import { type Address, readBytes, readPointer } from './native-memory.js';
import type { InitiatorState } from './state.js';

type Offsets = Readonly<Record<string, number>>;

/** A struct that a call is given; null for NULL. */
export function givenStruct<Value extends object>(
  state: InitiatorState,
  text: TextForm,
  struct: Struct<Value>,
  given: unknown,
): Value | null {
  const address = addressOf(given);
  if (address === null) return null;
  const sink = new Sink(text);
  copy(sink, struct, text.form, address, 1);
  const decodeAnsi = text.form === 'A' ? (bytes: Uint8Array) => state.codePage.decode(bytes) : undefined;
  return struct.in(text.form).read(new Source(new Reply(sink.assemble(), 'createSimulator'), decodeAnsi), 0);
}

/** The string that a call is given; null for NULL. Koffi has made one of a wide one already. */
export function givenText(state: InitiatorState, given: unknown): string | null {
  if (typeof given === 'string') return given;
  const address = addressOf(given);
  if (address === null) return null;
  let length = 0;
  while (readBytes(address + BigInt(length), 1)[0] !== 0) length++;
  return state.codePage.decode(readBytes(address, length));
}

/** The name or address of a server; null for what cannot be one. */
export function givenServer(state: InitiatorState, given: unknown): string | null {
  const server = givenText(state, given) ?? '';
  return server === '' || /\s/.test(server) ? null : server;
}

/** Options of a login, with the password that readers of such structs never see. */
export function givenLoginOptions(
  state: InitiatorState,
  text: TextForm,
  given: unknown,
): { readonly options: LoginOptions; readonly password: Buffer | null } {
  const options = givenStruct(state, text, LOGIN_OPTIONS, given) ?? { loginFlags: [] };
  const address = addressOf(given);
  if (address === null) return { options, password: null };
  const { size, at } = LOGIN_OPTIONS.in(text.form).layout as unknown as { size: number; at: Offsets };
  const bytes = readBytes(address, size);
  const isGiven = (bytes.readUInt32LE(at.InformationSpecified) & 0x40) !== 0;
  const pointer = readPointer(bytes, at.Password as number);
  if (!isGiven || pointer === null) return { options, password: null };
  return { options, password: readBytes(pointer, bytes.readUInt32LE(at.PasswordLength)) };
}

/** A portal group begins inside its struct and goes on behind it. */
export function givenPortals(state: InitiatorState, text: TextForm, given: unknown) {
  return givenStruct(state, text, PORTAL_GROUP, given)?.portals ?? null;
}

export function addressOf(given: unknown): Address {
  return typeof given === 'bigint' && given !== 0n ? given : null;
}

/** Copies structs with all that they point to: the copy has no pointer out of it. */
function copy(sink: Sink, struct: StructDescription, form: 'A' | 'W', address: bigint, count: number): Piece {
  const { size } = struct.in(form).layout;
  const piece = sink.add(Math.max(size * count, lengthOf(struct, form, address)), 8);
  readBytes(address, piece.bytes.length).copy(piece.bytes);
  for (let index = 0; index < count; index++) follow(sink, piece, index * size, struct, form);
  return piece;
}

/** The bytes of a struct that goes on behind its end. */
function lengthOf(struct: StructDescription, form: 'A' | 'W', address: bigint): number {
  const { size, at } = struct.in(form).layout as unknown as { size: number; at: Offsets };
  for (const { kind } of Object.values(struct.fields)) {
    if (kind.type !== 'inlineArray') continue;
    const count = readBytes(address + BigInt(at[kind.count] as number), 4).readUInt32LE();
    return Math.max(size, (at[kind.member] as number) + count * kind.struct.in(form).layout.size);
  }
  return size;
}

function follow(sink: Sink, piece: Piece, start: number, struct: StructDescription, form: 'A' | 'W'): void {
  const at = struct.in(form).layout.at as unknown as Offsets;
  const number = (member: string) => piece.bytes.readUInt32LE(start + (at[member] as number));
  const lead = (member: string, add: (address: bigint) => Piece) => {
    const place = start + (at[member] as number);
    const address = readPointer(piece.bytes, place);
    writePointer(piece.bytes, place, 0n);
    if (address !== null) piece.pointers.push({ at: place, to: add(address) });
  };
  for (const { kind: outer } of Object.values(struct.fields)) {
    const kind = bare(outer);
    if (kind.type === 'struct') follow(sink, piece, start + (at[kind.member] as number), kind.struct, form);
    else if (kind.type === 'octets' || kind.type === 'secret')
      lead(kind.pointer, address => sink.addOctets(readBytes(address, number(kind.length))));
    else if (kind.type === 'array')
      lead(kind.pointer, address => copy(sink, kind.struct, form, address, number(kind.count)));
    else if (kind.type === 'pointer') lead(kind.member, address => copy(sink, kind.struct, form, address, 1));
  }
}

function bare(kind: FieldKind): FieldKind {
  return kind.type === 'specified' || kind.type === 'unlessEmpty' ? bare(kind.field) : kind;
}

/** Security flags, of which Koffi makes a signed number. */
export function givenFlags(given: unknown): Flags<SecurityFlag> {
  return flagNames(SECURITY_FLAGS, BigInt.asUintN(64, BigInt(given as bigint | number)));
}
