import assert from 'node:assert/strict';
import {
  type AsyncOptions,
  addISNSServer,
  addPersistentIScsiDevice,
  addRadiusServer,
  clearPersistentIScsiDevices,
  getIScsiIKEInfo,
  getIScsiIKEInfoSync,
  refreshISNSServer,
  removeISNSServer,
  removePersistentIScsiDevice,
  removeRadiusServer,
  setIScsiGroupPresharedKey,
  setIScsiIKEInfo,
  setIScsiInitiatorCHAPSharedSecret,
  setIScsiInitiatorNodeName,
  setIScsiInitiatorRADIUSSharedSecret,
  setIScsiTunnelModeOuterAddress,
  setupPersistentIScsiDevices,
  setupPersistentIScsiVolumes,
} from 'iscsidsc';
import { errorOf } from './outcome.js';
import type { Arrange, Declare } from './subject.js';
import { WAYS } from './ways.js';

const IDENTITY = { idType: 'fqdn', id: 'host.example' } as const;
const FLAGS = ['valid', 'pfsEnabled', 2 ** 63] as const;

type Call = (options: AsyncOptions) => Promise<unknown>;

/** Calls that change something and return nothing, by export. What they are given is in test/arguments. */
const CALLS: Readonly<Record<string, Call>> = {
  'AddISNSServer#': options => addISNSServer('isns.example', options),
  'RemoveISNSServer#': options => removeISNSServer('isns.example', options),
  'RefreshISNSServer#': options => refreshISNSServer('isns.example', options),
  'AddRadiusServer#': options => addRadiusServer('radius.example', options),
  'RemoveRadiusServer#': options => removeRadiusServer('radius.example', options),
  'AddPersistentIScsiDevice#': options => addPersistentIScsiDevice('E:', options),
  'RemovePersistentIScsiDevice#': options => removePersistentIScsiDevice('E:', options),
  ClearPersistentIScsiDevices: clearPersistentIScsiDevices,
  SetupPersistentIScsiDevices: setupPersistentIScsiDevices,
  SetupPersistentIScsiVolumes: setupPersistentIScsiVolumes,
  SetIScsiInitiatorCHAPSharedSecret: options => setIScsiInitiatorCHAPSharedSecret('k3y-of-tests', options),
  SetIScsiInitiatorRADIUSSharedSecret: options => setIScsiInitiatorRADIUSSharedSecret('k3y-of-tests', options),
  SetIScsiGroupPresharedKey: options => setIScsiGroupPresharedKey('k3y-of-tests', options),
  'SetIScsiIKEInfo#': options => setIScsiIKEInfo({ ...IDENTITY, key: 'k3y-of-tests' }, options),
  'SetIScsiTunnelModeOuterAddress#': options =>
    setIScsiTunnelModeOuterAddress({ destinationAddress: '10.0.0.1' }, options),
  'SetIScsiInitiatorNodeName#': options => setIScsiInitiatorNodeName('iqn.2003-01.org.example:host', options),
};

/** Arguments that are refused before any call. */
const REFUSED: Readonly<Record<string, Call>> = {
  'an empty name of an iSNS server': options => addISNSServer('', options),
  'no name of an iSNS server': options => removeISNSServer(null as never, options),
  'a name of an iSNS server that is too long': options => refreshISNSServer('x'.repeat(256), options),
  'an empty name of an iSNS server to ask': options => refreshISNSServer('', options),
  'an address of a RADIUS server that is too long': options => addRadiusServer('x'.repeat(40), options),
  'a NUL in a device': options => addPersistentIScsiDevice('E:\0', options),
  'an empty device': options => removePersistentIScsiDevice('', options),
  'a node name that is too long': options => setIScsiInitiatorNodeName('x'.repeat(224), options),
  'an empty node name': options => setIScsiInitiatorNodeName('', options),
  'no secret': options => setIScsiInitiatorCHAPSharedSecret(undefined as never, options),
  'an empty secret': options => setIScsiInitiatorRADIUSSharedSecret('', options),
  'a secret that is not ASCII': options => setIScsiGroupPresharedKey('größe', options),
  'an address that is none': options => setIScsiIKEInfo({ idType: 'ipv4', id: '10.0.0' }, options),
  'an address of the wrong length': options => setIScsiIKEInfo({ idType: 'ipv6', id: new Uint8Array(4) }, options),
  'an address that others take for an octal one': options =>
    setIScsiIKEInfo({ idType: 'ipv4', id: '10.0.0.010' }, options),
  'an empty IPsec key': options => setIScsiIKEInfo({ ...IDENTITY, key: '' }, options),
  'an IPsec key in a question': options => getIScsiIKEInfo({ ...IDENTITY, key: 'k3y-of-tests' } as never, options),
  'a kind of identity that all objects have': options =>
    setIScsiIKEInfo({ idType: 'constructor' as never, id: 'host' }, options),
  'a NUL in the name of a host': options => setIScsiIKEInfo({ idType: 'fqdn', id: 'a\0b', key: 'k3y' }, options),
  'a NUL in the bytes of the name of a user': options =>
    getIScsiIKEInfo({ idType: 3, id: Uint8Array.of(0x61, 0x40, 0x62, 0) }, options),
  'a port of no instance for an IPsec key': options =>
    setIScsiIKEInfo({ ...IDENTITY, key: 'k3y' }, { ...options, initiatorPortNumber: 1 }),
  'a port of no instance in a question': options => getIScsiIKEInfo(IDENTITY, { ...options, initiatorPortNumber: 0 }),
  'a port of no instance for a tunnel': options =>
    setIScsiTunnelModeOuterAddress({}, { ...options, initiatorName: null, initiatorPortNumber: 1 }),
  'no addresses of a tunnel': options => setIScsiTunnelModeOuterAddress(undefined as never, options),
  'an identity of no kind': options => getIScsiIKEInfo({ idType: 'host' as never, id: 'host' }, options),
  'a member that is misspelt': options => setIScsiIKEInfo({ ...IDENTITY, keys: 'k3y-of-tests' } as never, options),
  'a tunnel with a misspelt member': options => setIScsiTunnelModeOuterAddress({ address: 'x' } as never, options),
};

/** Rules of the functions that set something. */
export function settersContract(arrange: Arrange, rule: Declare): void {
  for (const { name, form, call } of WAYS) {
    rule(`the flags of an IPsec key are returned, with the unknown ones (${name})`, async () => {
      const library = arrange({});
      const charset = form === 'A' ? 'ansi' : 'unicode';
      await setIScsiIKEInfo({ ...IDENTITY, securityFlags: FLAGS, key: 'k3y-of-tests' }, { library, charset });
      const stored = await call(
        options => getIScsiIKEInfo(IDENTITY, options),
        options => getIScsiIKEInfoSync(IDENTITY, options),
        { library },
      );
      assert.deepEqual(stored, { securityFlags: FLAGS });
    });
  }
  for (const charset of ['unicode', 'ansi'] as const) {
    const letter = charset === 'ansi' ? 'A' : 'W';
    for (const [title, make] of Object.entries(CALLS)) {
      const syscall = title.replace('#', letter);
      rule(`${syscall} is called once, and its failure is an error (${charset}, async)`, async () => {
        const library = arrange({ status: 0xefff003e });
        const error = await errorOf(make({ library, charset }));
        assert.deepEqual([error.code, error.syscall, library.calls], ['ISDSC_SERVICE_NOT_RUNNING', syscall, 1]);
        assert.ok(!`${error.stack}`.includes('k3y'));
      });
    }
    for (const [text, make] of Object.entries(REFUSED)) {
      rule(`refused before any call: ${text} (${charset}, async)`, async () => {
        const library = arrange({});
        const error = await errorOf(make({ library, charset }));
        assert.deepEqual([error.code, library.calls], ['ERR_ISCSIDSC_INVALID_ARGUMENT', 0]);
      });
    }
  }
  rule('refused before any call: text that the code page does not hold (ansi, async)', async () => {
    const library = arrange({});
    for (const make of [
      (options: AsyncOptions) => addISNSServer('例え.example', options),
      (options: AsyncOptions) => addPersistentIScsiDevice('E:\\例え', options),
      (options: AsyncOptions) => setIScsiInitiatorNodeName('iqn.例え', options),
    ]) {
      const error = await errorOf(make({ library, charset: 'ansi' }));
      assert.deepEqual([error.code, library.calls], ['ERR_ISCSIDSC_INVALID_ARGUMENT', 0]);
    }
  });
}
