import assert from 'node:assert/strict';
import type { ConnectionInfo, SessionInfo } from 'iscsidsc';

type Shape<Struct> = { readonly [Member in keyof Struct]: (value: unknown) => void };

const CONNECTION: Shape<ConnectionInfo> = {
  connectionId: uniqueId,
  initiatorAddress: nullOrText,
  targetAddress: nullOrText,
  initiatorSocket: port,
  targetSocket: port,
  cid: hexadecimal(2),
};
const SESSION: Shape<SessionInfo> = {
  sessionId: uniqueId,
  initiatorName: nullOrText,
  targetNodeName: nullOrText,
  targetName: nullOrText,
  isid: hexadecimal(6),
  tsid: hexadecimal(2),
  connections: arrayOf(CONNECTION),
};

/** Every member there, in its order, of its type and format, and nothing else. */
export const assertSessions: (value: unknown) => asserts value is SessionInfo[] = arrayOf(SESSION);

function arrayOf<Struct extends object>(shape: Shape<Struct>): (value: unknown) => void {
  return value => {
    assert.ok(Array.isArray(value));
    assert.deepEqual(Object.keys(value), Object.keys([...value]), 'an array without holes and other members');
    for (const item of value) assertShape(item, shape);
  };
}

function assertShape<Struct extends object>(value: unknown, shape: Shape<Struct>): void {
  assert.equal(typeof value, 'object');
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
  assert.deepEqual(Reflect.ownKeys(value as object), Object.keys(shape));
  for (const [member, check] of Object.entries<(value: unknown) => void>(shape)) {
    check((value as Record<string, unknown>)[member]);
  }
}

function uniqueId(value: unknown): void {
  assert.match(text(value), /^(0|[1-9a-f][0-9a-f]{0,15})-(0|[1-9a-f][0-9a-f]{0,15})$/);
}

function nullOrText(value: unknown): void {
  if (value !== null) assert.ok(!text(value).includes('\0'), 'a string goes to its NUL');
}

function port(value: unknown): void {
  assert.ok(Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffff);
}

function hexadecimal(bytes: number): (value: unknown) => void {
  return value => {
    assert.match(text(value), /^[0-9a-f]*$/);
    assert.equal(text(value).length, 2 * bytes);
  };
}

function text(value: unknown): string {
  assert.equal(typeof value, 'string');
  return value as string;
}
