import {
  type IkeInfo,
  type InquiryRequest,
  sendScsiInquiry,
  setIScsiIKEInfo,
  setIScsiInitiatorCHAPSharedSecret,
  setIScsiTunnelModeOuterAddress,
} from 'iscsidsc';
import { describe, expect, it } from 'vitest';
import { arrived, changing } from './arrived.js';

const ID = 'ffffe00112345010-4000013700000000';
const HOST = Buffer.from('host').toString('hex');
const psKey = (member: string) => `parameters.AuthInfo.PsKey.${member}`;

describe('a member that is another thing each time it is read', () => {
  it.each([
    ['idType', psKey('IdType'), ['fqdn', 'ipv4', {}], 2],
    ['id', psKey('Id'), ['host', 'h'.repeat(5000), 5], HOST],
    ['key', psKey('Key'), ['host', 'h'.repeat(5000), 5], HOST],
    ['securityFlags', psKey('SecurityFlags'), [['valid'], ['x']], '1'],
  ] as const)('is read once: %s of an IPsec key', async (member, place, values, expected) => {
    const getter = changing(...(values as readonly [unknown, ...unknown[]]));
    const info = Object.defineProperty({ idType: 'fqdn', id: 'host' }, member, getter) as IkeInfo;
    const [call] = await arrived(library => setIScsiIKEInfo(info, { library }));
    expect(call).toHaveProperty(place, expected);
    expect(getter.reads).toBe(1);
  });

  it.each(['destinationAddress', 'outerModeAddress'])('is read once: %s', async member => {
    const getter = changing('10.0.0.1', 'a\0');
    const addresses = Object.defineProperty({}, member, getter);
    expect(await arrived(library => setIScsiTunnelModeOuterAddress(addresses, { library }))).toHaveLength(1);
    expect(getter.reads).toBe(1);
  });

  it.each([
    ['evpd', 'EvpdCmddt', [true, false], 1],
    ['pageCode', 'PageCode', [0x83, 256], 0x83],
  ] as const)('is read once: the option %s', async (option, parameter, values, expected) => {
    const getter = changing(...(values as readonly [unknown, ...unknown[]]));
    const request: InquiryRequest = { evpd: true, pageCode: 0x83 };
    const [call] = await arrived(library =>
      sendScsiInquiry(ID, 0, Object.defineProperty({ ...request, library }, option, getter)),
    );
    expect(call).toHaveProperty(`parameters.${parameter}`, expected);
    expect(getter.reads).toBe(1);
  });
});

describe('bytes that have a length of their own', () => {
  const claiming = (bytes: number, length: number) =>
    Object.defineProperty(new Uint8Array(bytes).fill(7), 'length', { value: length });

  it('are no address', async () => {
    const calls = await arrived(library => setIScsiIKEInfo({ idType: 'ipv4', id: claiming(3, 4) }, { library }));
    expect(calls).toEqual([]);
  });

  it('are no secret if there are none', async () => {
    expect(await arrived(library => setIScsiInitiatorCHAPSharedSecret(claiming(0, 12), { library }))).toEqual([]);
  });

  it.each([0, 2, 5000])('arrive with as many as there are, and not with %d', async length => {
    const [call] = await arrived(library => setIScsiInitiatorCHAPSharedSecret(claiming(12, length), { library }));
    expect(call).toHaveProperty('parameters', { SharedSecretLength: 12, SharedSecret: '07'.repeat(12) });
  });
});

it('the bytes of a key and of its identity are taken at once', async () => {
  const bytes = Uint8Array.from(Buffer.from('host'));
  const [call] = await arrived(library => {
    const called = setIScsiIKEInfo({ idType: 'fqdn', id: bytes, key: bytes }, { library });
    bytes.fill(0);
    return called;
  });
  expect(call).toHaveProperty(psKey('Id'), HOST);
  expect(call).toHaveProperty(psKey('Key'), HOST);
});
