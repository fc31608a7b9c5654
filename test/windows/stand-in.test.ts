import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import functions from '../fixtures/functions.json';
import layouts from '../fixtures/layouts.json';
import { App } from './app.js';
import { type CallRecord, readRecords } from './records.js';
import { tierOrReason } from './required.js';

const BAD_SCENARIO = 0xefff0056;

const tier = tierOrReason();

describe.skipIf(!tier.ok)('the stand-in DLL', () => {
  if (!tier.ok) return;
  const app = new App(tier);
  let runs = 0;
  const calls = async (name: string, scenario = ''): Promise<{ statuses: number[]; records: CallRecord[] }> => {
    const log = `records-${process.pid}-${runs++}.jsonl`;
    const env = { ISCSIDSC_STANDIN: `log=${log};${scenario}` };
    const { stdout, stderr } = await app.run([await app.program('raw-calls'), name], { env });
    expect(stderr).toBe('');
    const recorded = app.read(log);
    rmSync(join(tier.appFolder, log));
    return { statuses: JSON.parse(stdout), records: readRecords(recorded) };
  };

  it('has every export, and records that it was given nothing', async () => {
    const { records } = await calls('all exports, with NULL');
    expect(records).toEqual(
      functions.map(({ name, params }) => ({
        export: name,
        parameters: Object.fromEntries(params.map(({ name, type }) => [name, isPointer(type) ? null : zeroOf(type)])),
      })),
    );
  });

  it('records each member of each struct that the header has as an input', async () => {
    const { records } = await calls('all exports, with zeroed memory');
    expect(records).toEqual(
      functions.map(({ name, params }) => ({
        export: name,
        parameters: Object.fromEntries(params.map(each => [each.name, given(name, each)])),
      })),
    );
  });

  it.each(['W', 'A'])('records any value in any member as it was given, %s', async form => {
    const { statuses, records } = await calls(`every member, ${form}`);
    // Without room for what it would write, a SCSI command is refused.
    expect(statuses).toEqual(records.map(({ export: name }) => (name === 'SendScsiInquiry' ? 87 : 0)));
    const first = { SymbolicName: 'größe', Address: 'fd00::10', Socket: 65535 };
    const unterminated = { SymbolicName: 's'.repeat(256), Address: 'a'.repeat(256), Socket: 1 };
    const sessionId = 'ffffe00112345010-4000013700000001';
    const options = {
      Version: 1,
      InformationSpecified: 0xff,
      LoginFlags: 0x80000022,
      AuthType: 2,
      HeaderDigest: 3,
      DataDigest: 4,
      MaximumConnections: 5,
      DefaultTime2Wait: 6,
      DefaultTime2Retain: 7,
      UsernameLength: 4,
      PasswordLength: 3,
      Username: '75736572',
      Password: '00ff01',
    };
    const mapping = {
      InitiatorName: 'initiator',
      TargetName: 't'.repeat(223),
      OSDeviceName: '\\\\.\\Scsi3:',
      SessionId: 'ffffe00112345010-2',
      OSBusNumber: 8,
      OSTargetNumber: 0xffffffff,
      LUNCount: 2,
      LUNList: [
        { OSLUN: 1, TargetLUN: '72623859790382856' },
        { OSLUN: 2, TargetLUN: '18446744073709551615' },
      ],
    };
    const ike = {
      AuthMethod: 1,
      PsKey: {
        SecurityFlags: '9223372036854775809',
        IdType: 5,
        IdLengthInBytes: 4,
        Id: '0a000001',
        KeyLengthInBytes: 3,
        Key: '6b6579',
      },
    };
    expect(records).toEqual([
      {
        export: `LoginIScsiTarget${form}`,
        parameters: {
          TargetName: 'iqn.größe',
          IsInformationalSession: 1,
          InitiatorInstance: 'ROOT\\ISCSIPRT\\0000_0',
          InitiatorPortNumber: 0xffffffff,
          TargetPortal: first,
          SecurityFlags: '9007199254740993',
          Mappings: mapping,
          LoginOptions: options,
          KeySize: 3,
          Key: '6b6579',
          IsPersistent: 255,
          UniqueSessionId: 'memory',
          UniqueConnectionId: 'memory',
        },
      },
      {
        export: `AddIScsiConnection${form}`,
        parameters: {
          UniqueSessionId: sessionId,
          Reserved: null,
          InitiatorPortNumber: 7,
          TargetPortal: unterminated,
          SecurityFlags: '0',
          LoginOptions: null,
          KeySize: 0,
          Key: null,
          ConnectionId: 'memory',
        },
      },
      {
        export: 'RemoveIScsiConnection',
        parameters: { UniqueSessionId: sessionId, ConnectionId: 'ffffe00112345010-1' },
      },
      {
        export: `AddIScsiStaticTarget${form}`,
        parameters: {
          TargetName: 'iqn.x',
          TargetAlias: 'alias',
          TargetFlags: 0x80000001,
          Persist: 1,
          Mappings: mapping,
          LoginOptions: options,
          PortalGroup: { Count: 2, Portals: [first, unterminated] },
        },
      },
      {
        export: `SetIScsiIKEInfo${form}`,
        parameters: { InitiatorName: '', InitiatorPortNumber: 1, AuthInfo: ike, Persist: 1 },
      },
      {
        export: `GetIScsiIKEInfo${form}`,
        parameters: { InitiatorName: null, InitiatorPortNumber: 1, Reserved: null, AuthInfo: ike },
      },
      {
        export: 'SetIScsiInitiatorCHAPSharedSecret',
        parameters: { SharedSecretLength: 3, SharedSecret: '00ff01' },
      },
      {
        export: `ReportIScsiTargetPortals${form}`,
        parameters: {
          InitiatorName: null,
          TargetName: 't',
          TargetPortalTag: 65535,
          ElementCount: 3,
          Portals: 'memory',
        },
      },
      {
        export: 'SendScsiInquiry',
        parameters: {
          UniqueSessionId: sessionId,
          Lun: '18446744073709551615',
          EvpdCmddt: 255,
          PageCode: 131,
          ScsiStatus: 'memory',
          ResponseSize: 9,
          ResponseBuffer: null,
          SenseSize: 18,
          SenseBuffer: null,
        },
      },
      {
        export: `GetIScsiTargetInformation${form}`,
        parameters: { TargetName: 't', DiscoveryMechanism: null, InfoClass: 7, BufferSize: 4, Buffer: 'memory' },
      },
    ]);
  });

  it('records A strings by the code page, or as the bytes that they are, and W strings unit by unit', async () => {
    const { records } = await calls('strings in a code page', 'codePage=65001');
    expect(records.map(({ parameters }) => parameters.Address)).toEqual(['größe', { bytes: '61ff' }, 'a\ud800"\\\n']);
  });

  it('records the calls that it refuses, and none where no log is asked for', async () => {
    const { records } = await calls('three logouts', 'status=5');
    expect(records).toHaveLength(3);
    const env = { ISCSIDSC_STANDIN: 'status=5' };
    expect(await app.run([await app.program('raw-calls'), 'three logouts'], { env })).toMatchObject({
      stdout: '[5,5,5]',
    });
  });

  it('says so when a log has no room for a record', async () => {
    await expect(calls('a key of more bytes than a log takes')).rejects.toThrow('The log is cut');
  });

  it.each([
    ['status=5', [5, 5, 5]],
    ['status=5,0', [5, 0, 0]],
    ['status=0xEFFF0040*2,0', [0xefff0040, 0xefff0040, 0]],
    ['LogoutIScsiTarget.status=1,2', [1, 2, 2]],
    ['LogoutIScsiTarget.status=1;status=2,3', [2, 3, 3]],
    ['GetIScsiSessionListW.status=1', [0, 0, 0]],
    ['status=5,', Array(3).fill(BAD_SCENARIO)],
    ['status=5*', Array(3).fill(BAD_SCENARIO)],
    ['status=0x1ffffffff', Array(3).fill(BAD_SCENARIO)],
    ['LogoutIScsiTargetW.status=5', Array(3).fill(BAD_SCENARIO)],
    ['fault=none-such', Array(3).fill(BAD_SCENARIO)],
    ['statuses=5', Array(3).fill(BAD_SCENARIO)],
  ])('answers three calls as told: %s', async (scenario, statuses) => {
    const env = { ISCSIDSC_STANDIN: scenario };
    const { stdout } = await app.run([await app.program('raw-calls'), 'three logouts'], { env });
    expect(JSON.parse(stdout)).toEqual(statuses);
  });

  it('can leave a count as it was given', async () => {
    expect((await calls('a list with a count of 7')).statuses).toEqual([0, 2]);
    expect((await calls('a list with a count of 7', 'fault=count-unwritten')).statuses).toEqual([0, 7]);
  });
});

type Parameter = (typeof functions)[number]['params'][number];
type Layout = Readonly<Record<string, { fields: Readonly<Record<string, { type: string }>> }>>;

function isPointer(type: string): boolean {
  return type.startsWith('P') || type.endsWith('*');
}

/** What is recorded of zeroed memory. */
function given(exportName: string, { name, type, dir }: Parameter): unknown {
  if (!isPointer(type)) return zeroOf(type);
  if (type === 'PULONG' || type === 'PUSHORT' || type === 'ULONG *') return 0;
  // The header marks these as inputs.
  const isWritten = /^Get(IScsiVersionInformation|IScsiInitiatorNodeName.)$/.test(exportName);
  if (dir === 'out' || isWritten || (dir === 'inout' && name !== 'AuthInfo')) return 'memory';
  if (type === 'PVOID') return 'memory';
  // Bytes come with their number, which is 0.
  if (type === 'PUCHAR' || (type === 'PCHAR' && name === 'Key')) return '';
  return zeroOf(type.slice(1));
}

/** What is recorded of a value that is all zero. */
function zeroOf(type: string): unknown {
  if (type.startsWith('P')) return null;
  if (type.endsWith('_ID')) return '0-0';
  if (/^W?(STR|CHAR)\b/.test(type)) return '';
  if (type === 'ULONGLONG' || type === 'ISCSI_SECURITY_FLAGS') return '0';
  if (type.startsWith('ISCSI_TARGET_PORTAL') && type.endsWith('[1]')) return [];
  const layout = (layouts as Layout)[type];
  if (layout === undefined) return 0;
  return Object.fromEntries(Object.entries(layout.fields).map(([member, field]) => [member, zeroOf(field.type)]));
}
