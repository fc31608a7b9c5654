import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type AsyncOptions,
  getIScsiTargetInformation,
  getIScsiTargetInformationSync,
  reportIScsiPersistentLogins,
  reportIScsiPersistentLoginsSync,
  reportIScsiSendTargetPortals,
  reportIScsiSendTargetPortalsEx,
  reportIScsiSendTargetPortalsExSync,
  reportIScsiSendTargetPortalsSync,
  reportIScsiTargetPortals,
  reportIScsiTargetPortalsSync,
  reportIScsiTargets,
  reportIScsiTargetsSync,
  reportISNSServerList,
  reportISNSServerListSync,
  reportPersistentIScsiDevices,
  reportPersistentIScsiDevicesSync,
  reportRadiusServerList,
  reportRadiusServerListSync,
  type SyncOptions,
  type TargetInformation,
} from 'iscsidsc';
import { LOGIN_OPTIONS } from '../../src/api/logins/login-options.js';
import { PERSISTENT_LOGIN } from '../../src/api/logins/persistent-logins.js';
import { TARGET_PORTAL } from '../../src/api/portals/portal.js';
import { TARGET_PORTAL_INFO, TARGET_PORTAL_INFO_EX } from '../../src/api/portals/send-target-portals.js';
import { LUN_MAPPINGS } from '../../src/api/targets/mapping.js';
import { LISTED_PORTAL } from '../../src/api/targets/target-portals.js';
import type { Sink, TextForm } from '../../src/codec/sink.js';
import type { Struct } from '../../src/codec/struct.js';
import { anyGroups, type WrittenGroups, writeGroups } from './portal-groups.js';
import { assertArrayOf, assertStruct, assertText } from './shape.js';
import type { TableReply } from './table-library.js';
import { anyList, type Extent } from './values.js';

const NAME = 'iqn.2003-01.org.example:disk1';

/** A function that reads what a library has written. */
export interface Report<Value> {
  call(options: AsyncOptions): Promise<unknown>;
  callSync(options: SyncOptions): unknown;
  /** The structs at the start of an answer. */
  readonly struct?: Struct<object>;
  any(extent: Extent): fc.Arbitrary<Value>;
  reply(value: Value, text: TextForm): TableReply;
  /** What the function returns for an answer that was made of the value. */
  result(value: Value): unknown;
  /** Fails for what the function can never return. */
  check(result: unknown): void;
}

type Bounds = 'bytes' | 'structs';

function listReport<Value extends object>(
  functions: Pick<Report<Value[]>, 'call' | 'callSync'>,
  struct: Struct<Value>,
  unit: Bounds,
): Report<Value[]> {
  return {
    ...functions,
    struct: struct as unknown as Struct<object>,
    any: extent => anyList(struct, extent, 6),
    reply: (values, { form }) => ({
      count: values.length,
      unit: unit === 'bytes' ? 1 : struct.in(form).size,
      write: sink => void struct.in(form).writeArray(sink, values, 'values'),
    }),
    result: values => values.map(withoutSecrets),
    check: assertArrayOf(struct),
  };
}

/** What of a value can be read back. */
function withoutSecrets(value: object): object {
  const { password: _, ...rest } = value as { password?: unknown; loginOptions?: object };
  return rest.loginOptions === undefined ? rest : { ...rest, loginOptions: withoutSecrets(rest.loginOptions) };
}

function textsReport(
  functions: Pick<Report<string[]>, 'call' | 'callSync'>,
  unit: (text: TextForm) => number,
): Report<string[]> {
  return {
    ...functions,
    any: ({ text }) =>
      fc.array(
        text.filter(each => each !== ''),
        { maxLength: 12 },
      ),
    reply: (texts, text) => ({ count: 0, unit: unit(text), write: sink => writeTexts(sink, texts) }),
    result: texts => texts,
    check: result => {
      assert.ok(Array.isArray(result));
      for (const each of result) {
        assertText(each);
        assert.notEqual(each, '');
      }
    },
  };
}

function writeTexts(sink: Sink, texts: readonly string[]): void {
  writeBytes(sink, ...texts.map(each => terminated(sink.text, each)), Buffer.alloc(sink.text.unit));
}

function writeText(sink: Sink, text: string): void {
  writeBytes(sink, terminated(sink.text, text));
}

function terminated({ encode, unit }: TextForm, text: string): Buffer {
  return Buffer.concat([encode(text), Buffer.alloc(unit)]);
}

/** At the start of the buffer, where no string of a struct lies. */
function writeBytes(sink: Sink, ...bytes: readonly Buffer[]): void {
  const all = Buffer.concat(bytes);
  all.copy(sink.add(all.length, 8).bytes);
}

type InfoClass = keyof TargetInformation;

/** Undefined stands for an answer of no bytes. */
function informationReport<Value>(
  infoClass: InfoClass,
  report: Pick<Report<Value>, 'any' | 'check' | 'result' | 'struct'>,
  write: (sink: Sink, value: Value) => void,
): Report<Value | undefined> {
  const how = { discoveryMechanism: 'SendTargets:*10.0.0.10 0003260 ' };
  return {
    call: options => getIScsiTargetInformation(NAME, infoClass, { ...options, ...how }),
    callSync: options => getIScsiTargetInformationSync(NAME, infoClass, { ...options, ...how }),
    ...(report.struct && { struct: report.struct }),
    any: extent => fc.option(report.any(extent), { freq: 8, nil: undefined }),
    reply: value => ({ count: 0, unit: 1, write: sink => void (value !== undefined && write(sink, value)) }),
    result: value => (value === undefined ? EMPTY[infoClass] : report.result(value)),
    check: report.check,
  };
}

/** What an answer of no bytes is. */
const EMPTY: { readonly [Class in InfoClass]: unknown } = {
  discoveryMechanisms: [],
  // It always has one.
  protocolType: 'ERR_ISCSIDSC_MALFORMED_REPLY',
  targetAlias: '',
  portalGroups: [],
  persistentTargetMappings: null,
  initiatorName: '',
  targetFlags: [],
  loginOptions: null,
};

function structReport<Value extends object>(
  struct: Struct<Value>,
): Pick<Report<Value>, 'any' | 'check' | 'result' | 'struct'> {
  return {
    struct: struct as unknown as Struct<object>,
    any: extent =>
      anyList(struct, extent, 1)
        .filter(({ length }) => length === 1)
        .map(([value]) => value as Value),
    result: withoutSecrets,
    check: result => void (result !== null && assertStruct(result, struct)),
  };
}

const writeStruct =
  <Value extends object>(struct: Struct<Value>) =>
  (sink: Sink, value: Value) => {
    const bound = struct.in(sink.text.form);
    bound.write(sink, sink.add(bound.size, 8), 0, value);
  };

const TEXT = {
  any: ({ text }: Extent) => text,
  result: (value: string) => value,
  check: assertText,
};

const NUMBER = { any: () => fc.oneof(fc.nat(8), fc.nat(0xffff_ffff)), result: (value: number) => value };

const writeNumber = (sink: Sink, value: number) => void sink.add(4, 4).bytes.writeUInt32LE(value);

const asTexts = textsReport({ call: async () => {}, callSync: () => {} }, () => 1);

/** Names of bits, and numbers of those without a name. */
const TARGET_FLAGS = (bits: number) => [
  ...((bits & 2) !== 0 ? ['hideStaticTarget'] : []),
  ...((bits & 4) !== 0 ? ['mergeTargetInformation'] : []),
  ...Array.from({ length: 32 }, (_, bit) => 2 ** bit).filter(
    bit => bit !== 2 && bit !== 4 && (bits & bit) >>> 0 === bit,
  ),
];

export const REPORTS = {
  reportIScsiSendTargetPortals: listReport(
    { call: reportIScsiSendTargetPortals, callSync: reportIScsiSendTargetPortalsSync },
    TARGET_PORTAL_INFO,
    'structs',
  ),
  reportIScsiSendTargetPortalsEx: listReport(
    { call: reportIScsiSendTargetPortalsEx, callSync: reportIScsiSendTargetPortalsExSync },
    TARGET_PORTAL_INFO_EX,
    'bytes',
  ),
  reportIScsiPersistentLogins: listReport(
    { call: reportIScsiPersistentLogins, callSync: reportIScsiPersistentLoginsSync },
    PERSISTENT_LOGIN,
    'bytes',
  ),
  reportIScsiTargetPortals: listReport(
    {
      call: options => reportIScsiTargetPortals(NAME, options),
      callSync: options => reportIScsiTargetPortalsSync(NAME, options),
    },
    LISTED_PORTAL,
    'structs',
  ),
  reportIScsiTargets: textsReport({ call: reportIScsiTargets, callSync: reportIScsiTargetsSync }, ({ unit }) => unit),
  reportISNSServerList: textsReport(
    { call: reportISNSServerList, callSync: reportISNSServerListSync },
    ({ unit }) => unit,
  ),
  reportRadiusServerList: textsReport(
    { call: reportRadiusServerList, callSync: reportRadiusServerListSync },
    ({ unit }) => unit,
  ),
  reportPersistentIScsiDevices: textsReport(
    { call: reportPersistentIScsiDevices, callSync: reportPersistentIScsiDevicesSync },
    ({ unit }) => unit,
  ),
  'discoveryMechanisms of getIScsiTargetInformation': informationReport('discoveryMechanisms', asTexts, writeTexts),
  'protocolType of getIScsiTargetInformation': informationReport(
    'protocolType',
    {
      ...NUMBER,
      result: value => (value === 0 ? 'tcp' : value),
      check: value => assert.ok(value === 'tcp' || isUint32(value)),
    },
    writeNumber,
  ),
  'targetAlias of getIScsiTargetInformation': informationReport('targetAlias', TEXT, writeText),
  'initiatorName of getIScsiTargetInformation': informationReport('initiatorName', TEXT, writeText),
  'portalGroups of getIScsiTargetInformation': informationReport<WrittenGroups>(
    'portalGroups',
    {
      any: anyGroups,
      result: ({ groups }) => groups,
      check: groups => {
        assert.ok(Array.isArray(groups));
        for (const group of groups) assertArrayOf(TARGET_PORTAL)(group);
      },
    },
    (sink, value) => writeGroups(value, sink),
  ),
  'persistentTargetMappings of getIScsiTargetInformation': informationReport(
    'persistentTargetMappings',
    structReport(LUN_MAPPINGS),
    writeStruct(LUN_MAPPINGS),
  ),
  'targetFlags of getIScsiTargetInformation': informationReport(
    'targetFlags',
    {
      ...NUMBER,
      result: TARGET_FLAGS,
      check: flags => {
        assert.ok(Array.isArray(flags));
        for (const flag of flags) assert.ok(typeof flag === 'string' || isUint32(flag));
      },
    },
    writeNumber,
  ),
  'loginOptions of getIScsiTargetInformation': informationReport(
    'loginOptions',
    structReport(LOGIN_OPTIONS),
    writeStruct(LOGIN_OPTIONS),
  ),
} as unknown as Readonly<Record<string, Report<unknown>>>;

function isUint32(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;
}
