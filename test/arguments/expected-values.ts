import { isIPv6 } from 'node:net';

/** The value cannot be passed on. */
export class Refused extends Error {}

export function refuse(): never {
  throw new Refused();
}

/** What the characters of a form are. */
export interface Characters {
  /** How many of the form a text takes. Refuses what the form cannot hold. */
  count(text: string): number;
}

export function text(value: unknown, characters: Characters, most: number): string {
  if (typeof value !== 'string' || value.includes('\0')) return refuse();
  if (value.length > most || characters.count(value) > most) return refuse();
  return value;
}

export function whole(value: unknown, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most) return refuse();
  return value + 0;
}

export function boolean(value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse();
}

export function named(value: unknown, names: readonly string[]): number {
  if (typeof value !== 'string') return whole(value, 0xffffffff);
  return names.includes(value) ? names.indexOf(value) : refuse();
}

/** The sum of flags, each of which may be named twice. `names` are those of the bits, the lowest first. */
export function flags(value: unknown, names: readonly string[], bits: number): bigint {
  if (!Array.isArray(value)) return bitsOf(value, bits);
  let sum = 0n;
  // A hole ends it: an array can be as long as numbers go.
  for (let index = 0; index < value.length; index++) {
    const flag: unknown = value[index];
    if (typeof flag !== 'string') sum |= bitsOf(flag, bits);
    else if (flag !== '' && names.includes(flag)) sum |= 1n << BigInt(names.indexOf(flag));
    else return refuse();
  }
  return sum;
}

function bitsOf(value: unknown, bits: number): bigint {
  if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isInteger(value))) return refuse();
  return value >= 0 && BigInt(value) >> BigInt(bits) === 0n ? BigInt(value) : refuse();
}

/** Hexadecimal digits. */
export function octets(value: unknown): string {
  if (typeof value === 'string') {
    const codes = Array.from(value, character => character.codePointAt(0) as number);
    if (codes.length > 65_535 || codes.some(code => code > 127)) return refuse();
    return codes.map(code => code.toString(16).padStart(2, '0')).join('');
  }
  if (!(value instanceof Uint8Array) || value.byteLength > 65_535) return refuse();
  return Array.from(value, byte => byte.toString(16).padStart(2, '0')).join('');
}

export function id(value: unknown): string {
  if (typeof value !== 'string') return refuse();
  const halves = value.split('-');
  return halves.length === 2 ? halves.map(hexadecimal).join('-') : refuse();
}

/** A number of 64 bits without padding. */
export function hexadecimal(value: unknown): string {
  if (typeof value !== 'string' || !/^[0-9a-fA-F]{1,16}$/.test(value) || value.includes('\n')) return refuse();
  return BigInt(`0x${value}`).toString(16);
}

/** The members of an object that has no others, inherited ones included. */
export function members(value: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse();
  for (const name in value) if (!known.includes(name)) return refuse();
  return value as Readonly<Record<string, unknown>>;
}

/** The address and the port in a text; the port is undefined where it has none. */
export function portalText(value: string): { address: string; socket: number } {
  if (isIPv6(value)) return { address: value, socket: 3260 };
  const bracket = value.startsWith('[') ? value.lastIndexOf(']') : -1;
  const colon = value.indexOf(':', Math.max(bracket, 0));
  const end = colon < 0 ? value.length : colon;
  const address = bracket < 0 ? value.slice(0, end) : value.slice(1, bracket);
  const digits = value.slice(end + 1);
  if (bracket >= 0 && (end !== bracket + 1 || !isIPv6(address))) return refuse();
  if (bracket < 0 && (address === '' || /[\s[\]]/.test(address))) return refuse();
  if (colon < 0) return { address, socket: 3260 };
  const socket = Number(digits);
  return /^[0-9]{1,5}$/.test(digits) && socket > 0 && socket < 65_536 ? { address, socket } : refuse();
}
