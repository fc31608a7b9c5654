import assert from 'node:assert/strict';
import type { DeviceOnSession, SessionInfo, SessionInfoEx, TargetMapping, VersionInfo } from 'iscsidsc';
import { DEVICE_ON_SESSION } from '../../src/api/devices/device.js';
import { VERSION_INFO } from '../../src/api/initiator/version.js';
import { SESSION_INFO_EX } from '../../src/api/sessions/negotiated-session.js';
import { TARGET_MAPPING } from '../../src/api/targets/mapping.js';
import { SESSION_INFO } from '../../src/codec/session-list.js';
import type { FieldKind, StructDescription } from '../../src/codec/struct.js';
import { STRUCTS } from '../../src/header/structs.js';

/** Every member there, in its order, of its type and format, and nothing else. */
export const assertSessions: (value: unknown) => asserts value is SessionInfo[] = assertArrayOf(SESSION_INFO);
export const assertParameters: (value: unknown) => asserts value is SessionInfoEx[] = assertArrayOf(SESSION_INFO_EX);
export const assertDevices: (value: unknown) => asserts value is DeviceOnSession[] = assertArrayOf(DEVICE_ON_SESSION);
export const assertMappings: (value: unknown) => asserts value is TargetMapping[] = assertArrayOf(TARGET_MAPPING);
export const assertVersion: (value: unknown) => asserts value is VersionInfo = value =>
  assertStruct(value, VERSION_INFO);

export function assertArrayOf(struct: StructDescription): (value: unknown) => void {
  return value => {
    assert.ok(Array.isArray(value));
    assert.deepEqual(Object.keys(value), Object.keys([...value]), 'an array without holes and other members');
    for (const item of value) assertStruct(item, struct);
  };
}

export function assertStruct(value: unknown, struct: StructDescription): void {
  assert.equal(typeof value, 'object');
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  const left = Object.entries(struct.fields).filter(
    ([name, { kind }]) => !['specified', 'unlessEmpty'].includes(kind.type) || name in (value as object),
  );
  assert.deepEqual(
    Reflect.ownKeys(value as object),
    left.map(([name]) => name),
  );
  const members = (STRUCTS as Readonly<Record<string, Readonly<Record<string, string>>>>)[struct.name] ?? {};
  for (const [name, { kind }] of Object.entries(struct.fields)) {
    const property = (value as Record<string, unknown>)[name];
    assert.ok(fits(property, kind, members), `${name}: ${property}`);
  }
}

/** Whether a property is what its field reads. `members` are the C types of the members of the struct. */
function fits(value: unknown, kind: FieldKind, members: Readonly<Record<string, string>>): boolean {
  const cType = 'member' in kind ? (members[kind.member] ?? '') : '';
  switch (kind.type) {
    case 'unsigned':
    case 'uint64':
      return isNumber(value, MOST[cType] ?? MOST_32);
    case 'flag':
      return typeof value === 'boolean';
    case 'named':
      return Object.values<unknown>(kind.names).includes(value) || isNumber(value, MOST_32);
    case 'flags':
      return Array.isArray(value) && value.every(each => Object.values(kind.names).includes(each) || isBit(each));
    case 'hex':
      return isText(value, new RegExp(`^[0-9a-f]{${2 * Number(/\d+/.exec(cType))}}$`));
    case 'hex64':
      return isText(value, /^(0|[1-9a-f][0-9a-f]{0,15})$/);
    case 'guid':
      return isText(value, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    case 'uniqueId':
      return isText(value, /^(0|[1-9a-f][0-9a-f]{0,15})-(0|[1-9a-f][0-9a-f]{0,15})$/);
    case 'string':
      return value === null || isText(value, TO_ITS_NUL);
    case 'text':
      return isText(value, TO_ITS_NUL);
    case 'struct':
      assertStruct(value, kind.struct);
      return true;
    case 'array':
    case 'inlineArray':
      assertArrayOf(kind.struct)(value);
      return true;
    case 'pointer':
      if (value !== null) assertStruct(value, kind.struct);
      return true;
    case 'specified':
    case 'unlessEmpty':
      return value === undefined || fits(value, kind.field, members);
    case 'octets':
      return value instanceof Uint8Array || isText(value, /^[^\u0080-\uffff]*$/);
    case 'secret':
      return value === undefined;
  }
}

const MOST_32 = 0xffffffff;
const MOST: Readonly<Record<string, number>> = { UCHAR: 0xff, USHORT: 0xffff, ULONGLONG: 2 ** 64 };
const TO_ITS_NUL = /^[^\0]*$/;

function isNumber(value: unknown, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most;
}

/** The number of one bit. */
function isBit(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(Math.log2(value));
}

/** A string up to its NUL. */
export function assertText(value: unknown): void {
  assert.ok(isText(value, TO_ITS_NUL), String(value));
}

function isText(value: unknown, format: RegExp): boolean {
  return typeof value === 'string' && format.test(value);
}
