import fc from 'fast-check';
import {
  type AnyArguments,
  anyFlags,
  anyHalf,
  anyId,
  anyNamed,
  anyOctets,
  NOTHING,
  nullable,
  some,
  UINT32,
  upTo,
} from './any-value.js';
import { SECURITY_FLAGS } from './expected-structs.js';

const LUN = fc.oneof(
  fc.nat(16_383),
  fc.nat(255),
  anyHalf(),
  anyHalf().map(text => text.toUpperCase()),
);
const ADDRESS_BYTES = fc.oneof(...[4, 16].map(length => fc.uint8Array({ minLength: length, maxLength: length })));
const PERSIST = some({ persist: fc.boolean() });
// Of each kind, and one that the header has no name for.
const ID_TYPES = ['ipv4', 'fqdn', 'userFqdn', 'ipv6', 1, 2, 3, 5, 11];

/** The calls around SCSI commands, secrets, servers and persistent devices. */
export function machineCalls(text: fc.Arbitrary<string>): AnyArguments {
  const named = (most: number) => [upTo(text, most).filter(each => each !== ''), NOTHING];
  const nullableName = (most: number) => [nullable(upTo(text, most).filter(each => each !== '')), NOTHING];
  const port = { initiatorName: nullable(upTo(text, 255)), initiatorPortNumber: UINT32 };
  const secret = nullable(anyOctets());
  const identity = some({}, { idType: anyNamed(['ipv4', 'fqdn', 'userFqdn', 'ipv6']), id: anyIdentity() });
  const address = nullable(upTo(text, 255));
  return {
    sendScsiInquiry: [
      anyId(),
      LUN,
      fc.oneof(some({ evpd: fc.boolean() }), some({ pageCode: fc.nat(255) }, { evpd: fc.constant(true) })),
    ],
    sendScsiReadCapacity: [anyId(), LUN, NOTHING],
    sendScsiReportLuns: [anyId(), NOTHING],
    setIScsiInitiatorCHAPSharedSecret: [secret, NOTHING],
    setIScsiInitiatorRADIUSSharedSecret: [secret, NOTHING],
    setIScsiGroupPresharedKey: [secret, PERSIST],
    setIScsiIKEInfo: [fc.oneof(anyFittingInfo(), identity), some({ ...port, persist: fc.boolean() })],
    getIScsiIKEInfo: [fc.oneof(anyFittingIdentity(), identity), some(port)],
    getIScsiIKEInfoSync: [fc.oneof(anyFittingIdentity(), identity), some(port)],
    setIScsiTunnelModeOuterAddress: [
      some({ destinationAddress: address, outerModeAddress: address }),
      some({ ...port, persist: fc.boolean() }),
    ],
    setIScsiInitiatorNodeName: nullableName(223),
    addISNSServer: named(255),
    removeISNSServer: named(255),
    refreshISNSServer: nullableName(255),
    reportISNSServerList: [NOTHING],
    reportISNSServerListSync: [NOTHING],
    addRadiusServer: named(39),
    removeRadiusServer: named(39),
    reportRadiusServerList: [NOTHING],
    reportRadiusServerListSync: [NOTHING],
    setupPersistentIScsiDevices: [NOTHING],
    setupPersistentIScsiVolumes: [NOTHING],
    addPersistentIScsiDevice: named(32_767),
    removePersistentIScsiDevice: named(32_767),
    clearPersistentIScsiDevices: [NOTHING],
    reportPersistentIScsiDevices: [NOTHING],
    reportPersistentIScsiDevicesSync: [NOTHING],
  };
}

/** What can stand for an identity, whatever its kind. */
function anyIdentity(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.constantFrom(
      '::',
      '::1',
      '1::',
      'fe80::1%1',
      '::ffff:1.2.3.4',
      '10.0.0.010',
      '1.2.3',
      '0x1.2.3.4',
      '1:2:3::4:5:6:7:8',
    ),
    fc.domain(),
    fc.emailAddress(),
    ADDRESS_BYTES,
    anyOctets(),
  );
}

function anyFittingIdentity(): fc.Arbitrary<{ idType: unknown; id: unknown }> {
  return fc.constantFrom(...ID_TYPES).chain(idType => {
    const isV4 = idType === 'ipv4' || idType === 1;
    const isAddress = isV4 || idType === 'ipv6' || idType === 5;
    const length = isV4 ? 4 : 16;
    const bytes = fc.uint8Array({ minLength: isAddress ? length : 1, maxLength: isAddress ? length : 30 });
    const name = fc.oneof(fc.domain(), fc.emailAddress());
    const written = isAddress ? (isV4 ? fc.ipV4() : fc.ipV6()) : name;
    return fc.record({ idType: fc.constant(idType), id: fc.oneof(written, bytes) });
  });
}

function anyFittingInfo(): fc.Arbitrary<unknown> {
  const rest = some({ securityFlags: anyFlags(SECURITY_FLAGS, 64), key: nullable(anyOctets()) });
  return fc.tuple(anyFittingIdentity(), rest).map(([identity, more]) => ({ ...identity, ...more }));
}
