import { bind, type ExportName, type Memory } from 'iscsidsc/raw';
import functions from '../../fixtures/functions.json';
import { structMemory, type Values } from './struct-memory.js';

type Call = (...args: (number | bigint | string | Memory)[]) => number;

const raw = bind() as unknown as Readonly<Record<ExportName, Call>>;
const ENOUGH = 8192;

// What the pointers of arguments lead to stays alive until the process ends.
const kept: Buffer[] = [];
const keep = (bytes: Buffer) => {
  kept.push(bytes);
  return bytes;
};
const struct = (...args: Parameters<typeof structMemory>) => keep(structMemory(...args));

/** Makes the calls that are named first, and prints their statuses. */
const CALLS: Readonly<Record<string, () => number[]>> = {
  'all exports, with NULL': () => functions.map(({ name, params }) => call(name, params.map(nothing))),
  'all exports, with zeroed memory': () => functions.map(({ name, params }) => call(name, params.map(zeroes))),
  'every member, W': () => everyMember('W'),
  'every member, A': () => everyMember('A'),
  'strings in a code page': () => [
    raw.AddISNSServerA(keep(Buffer.from('größe\0'))),
    raw.AddISNSServerA(keep(Buffer.from([0x61, 0xff, 0]))),
    raw.AddISNSServerW('a\ud800"\\\n'),
  ],
  'three logouts': () => [1, 2, 3].map(() => raw.LogoutIScsiTarget(keep(Buffer.alloc(16)))),
  'a list with a count of 7': () => {
    const count = Uint32Array.of(7);
    return [raw.GetIScsiSessionListW(Uint32Array.of(ENOUGH), count, keep(Buffer.alloc(ENOUGH))), count[0] as number];
  },
  'a key of more bytes than a log takes': () => [
    raw.SetIScsiGroupPresharedKey(2 ** 20, keep(Buffer.alloc(2 ** 20)), 0),
    raw.ClearPersistentIScsiDevices(),
  ],
};

process.stdout.write(JSON.stringify(CALLS[process.argv[2] as string]?.()));

function call(name: string, args: Parameters<Call>): number {
  return raw[name as ExportName](...args);
}

function isPointer(type: string): boolean {
  return type.startsWith('P') || type.endsWith('*');
}

function nothing({ type }: { type: string }): number | null {
  return isPointer(type) ? null : 0;
}

function zeroes({ type }: { type: string }): number | Buffer | string {
  if (!isPointer(type)) return 0;
  return type === 'PWSTR' ? '' : keep(Buffer.alloc(ENOUGH));
}

/** Each export that is given structs, strings or bytes of a kind, with other values in all members. */
function everyMember(form: 'A' | 'W'): number[] {
  const text = (value: string) => (form === 'W' ? value : keep(Buffer.from(`${value}\0`, 'latin1')));
  const named = (name: string) => raw[`${name}${form}` as ExportName];
  const id = (value: bigint): Values => ({ AdapterUnique: 0xffffe001_12345010n, AdapterSpecific: value });
  const sessionId = struct('ISCSI_UNIQUE_SESSION_ID', id(0x40000137_00000001n));
  const [user, password, key] = [keep(Buffer.from('user')), keep(Buffer.from([0, 255, 1])), keep(Buffer.from('key'))];
  const options = struct('ISCSI_LOGIN_OPTIONS', {
    Version: 1,
    InformationSpecified: 0xff,
    LoginFlags: 0x80000022,
    AuthType: 2,
    HeaderDigest: 3,
    DataDigest: 4,
    MaximumConnections: 5,
    DefaultTime2Wait: 6,
    DefaultTime2Retain: 7,
    UsernameLength: user.length,
    PasswordLength: password.length,
    Username: user,
    Password: password,
  });
  const portal = (values: Values) => struct(`ISCSI_TARGET_PORTAL${form}`, values);
  const first = portal({ SymbolicName: 'größe', Address: 'fd00::10', Socket: 65535 });
  const unterminated = portal({ SymbolicName: 's'.repeat(256), Address: 'a'.repeat(256), Socket: 1 });
  const luns = keep(
    Buffer.concat([
      struct('SCSI_LUN_LIST', { OSLUN: 1, TargetLUN: 0x0102030405060708n }),
      struct('SCSI_LUN_LIST', { OSLUN: 2, TargetLUN: 2n ** 64n - 1n }),
    ]),
  );
  const mapping = struct(`ISCSI_TARGET_MAPPING${form}`, {
    InitiatorName: 'initiator',
    TargetName: 't'.repeat(223),
    OSDeviceName: '\\\\.\\Scsi3:',
    SessionId: id(2n),
    OSBusNumber: 8,
    OSTargetNumber: 0xffffffff,
    LUNCount: 2,
    LUNList: luns,
  });
  const group = keep(Buffer.concat([Buffer.from(Uint32Array.of(2).buffer), first, unterminated]));
  const ikeId = keep(Buffer.from([10, 0, 0, 1]));
  const ike = struct('IKE_AUTHENTICATION_INFORMATION', {
    AuthMethod: 1,
    PsKey: {
      SecurityFlags: 2n ** 63n + 1n,
      IdType: 5,
      IdLengthInBytes: ikeId.length,
      Id: ikeId,
      KeyLengthInBytes: key.length,
      Key: key,
    },
  });
  const port = 0xffffffff;
  const flags = 2n ** 53n + 1n;
  const [outSession, outConnection] = [keep(Buffer.alloc(16)), keep(Buffer.alloc(16))];
  return [
    named('LoginIScsiTarget')(
      ...[text('iqn.größe'), 1, text('ROOT\\ISCSIPRT\\0000_0'), port, first, flags, mapping, options],
      ...[key.length, key, 255, outSession, outConnection],
    ),
    named('AddIScsiConnection')(sessionId, null, 7, unterminated, 0, null, 0, null, outConnection),
    raw.RemoveIScsiConnection(sessionId, struct('ISCSI_UNIQUE_SESSION_ID', id(1n))),
    named('AddIScsiStaticTarget')(text('iqn.x'), text('alias'), 0x80000001, 1, mapping, options, group),
    named('SetIScsiIKEInfo')(text(''), 1, ike, 1),
    named('GetIScsiIKEInfo')(null, 1, null, ike),
    raw.SetIScsiInitiatorCHAPSharedSecret(password.length, password),
    named('ReportIScsiTargetPortals')(
      null,
      text('t'),
      Uint16Array.of(65535),
      Uint32Array.of(3),
      keep(Buffer.alloc(8192)),
    ),
    raw.SendScsiInquiry(
      sessionId,
      2n ** 64n - 1n,
      255,
      131,
      Buffer.alloc(1),
      Uint32Array.of(9),
      null,
      Uint32Array.of(18),
      null,
    ),
    named('GetIScsiTargetInformation')(text('t'), null, 7, Uint32Array.of(4), Buffer.alloc(4)),
  ];
}
