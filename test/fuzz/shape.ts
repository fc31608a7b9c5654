import assert from 'node:assert/strict';
import type {
  ConnectionInfo,
  ConnectionInfoEx,
  DeviceOnSession,
  ScsiAddress,
  ScsiLun,
  SessionInfo,
  SessionInfoEx,
  StorageDeviceNumber,
  TargetMapping,
  VersionInfo,
} from 'iscsidsc';

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
const CONNECTION_EX: Shape<ConnectionInfoEx> = {
  connectionId: uniqueId,
  state: nameOrNumber,
  protocol: nameOrNumber,
  headerDigest: nameOrNumber,
  dataDigest: nameOrNumber,
  maxRecvDataSegmentLength: wholeNumber,
  authType: nameOrNumber,
  estimatedThroughput: wholeNumber,
  maxDatagramSize: wholeNumber,
};
const SESSION_EX: Shape<SessionInfoEx> = {
  sessionId: uniqueId,
  initialR2t: flag,
  immediateData: flag,
  type: nameOrNumber,
  dataSequenceInOrder: flag,
  dataPduInOrder: flag,
  errorRecoveryLevel: wholeNumber,
  maxOutstandingR2t: wholeNumber,
  firstBurstLength: wholeNumber,
  maxBurstLength: wholeNumber,
  maximumConnections: wholeNumber,
  connections: arrayOf(CONNECTION_EX),
};
const SCSI_ADDRESS: Shape<ScsiAddress> = {
  portNumber: wholeNumber,
  pathId: wholeNumber,
  targetId: wholeNumber,
  lun: wholeNumber,
};
const STORAGE_DEVICE_NUMBER: Shape<StorageDeviceNumber> = {
  deviceType: wholeNumber,
  deviceNumber: wholeNumber,
  partitionNumber: wholeNumber,
};
const DEVICE: Shape<DeviceOnSession> = {
  initiatorName: text,
  targetName: text,
  scsiAddress: structOf(SCSI_ADDRESS),
  deviceInterfaceType: guid,
  deviceInterfaceName: text,
  legacyName: text,
  storageDeviceNumber: structOf(STORAGE_DEVICE_NUMBER),
  deviceInstance: wholeNumber,
};
const LUN: Shape<ScsiLun> = { osLun: wholeNumber, targetLun: hexadecimalNumber };
const MAPPING: Shape<TargetMapping> = {
  initiatorName: text,
  targetName: text,
  osDeviceName: text,
  sessionId: uniqueId,
  osBusNumber: wholeNumber,
  osTargetNumber: wholeNumber,
  lunList: arrayOf(LUN),
};
const VERSION: Shape<VersionInfo> = { majorVersion: wholeNumber, minorVersion: wholeNumber, buildNumber: wholeNumber };

/** Every member there, in its order, of its type and format, and nothing else. */
export const assertSessions: (value: unknown) => asserts value is SessionInfo[] = arrayOf(SESSION);
export const assertParameters: (value: unknown) => asserts value is SessionInfoEx[] = arrayOf(SESSION_EX);
export const assertDevices: (value: unknown) => asserts value is DeviceOnSession[] = arrayOf(DEVICE);
export const assertMappings: (value: unknown) => asserts value is TargetMapping[] = arrayOf(MAPPING);
export const assertVersion: (value: unknown) => asserts value is VersionInfo = structOf(VERSION);

function arrayOf<Struct extends object>(shape: Shape<Struct>): (value: unknown) => void {
  return value => {
    assert.ok(Array.isArray(value));
    assert.deepEqual(Object.keys(value), Object.keys([...value]), 'an array without holes and other members');
    for (const item of value) assertShape(item, shape);
  };
}

function structOf<Struct extends object>(shape: Shape<Struct>): (value: unknown) => void {
  return value => assertShape(value, shape);
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

function guid(value: unknown): void {
  assert.match(text(value), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
}

function hexadecimalNumber(value: unknown): void {
  assert.match(text(value), /^(0|[1-9a-f][0-9a-f]{0,15})$/);
}

function flag(value: unknown): void {
  assert.equal(typeof value, 'boolean');
}

function wholeNumber(value: unknown): void {
  assert.ok(Number.isInteger(value) && Number(value) >= 0, `${value} is a whole number`);
}

function nameOrNumber(value: unknown): void {
  if (typeof value !== 'string') assert.ok(Number.isInteger(value));
}

function nullOrText(value: unknown): void {
  if (value !== null) text(value);
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
  assert.ok(!(value as string).includes('\0'), 'a string goes to its NUL');
  return value as string;
}
