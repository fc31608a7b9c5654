import { isIPv4, isIPv6 } from 'node:net';
import { type Made, type Options, or, orNull, type Parameters } from './expected-call.js';
import { SECURITY_FLAGS } from './expected-structs.js';
import {
  boolean,
  type Characters,
  flags,
  hexadecimal,
  id,
  members,
  octets,
  refuse,
  text,
  whole,
} from './expected-values.js';

const ANY_PORT = 0xffff_ffff;
const INITIATOR = ['initiatorName', 'initiatorPortNumber'];
const ID_TYPES = new Map([
  ['ipv4', 1],
  ['fqdn', 2],
  ['userFqdn', 3],
  ['ipv6', 5],
]);

/** The calls around SCSI commands, secrets, servers and persistent devices. */
export const MACHINE: Readonly<Record<string, Made>> = {
  sendScsiInquiry: {
    positional: 2,
    own: ['evpd', 'pageCode'],
    exports: ([session, lun], options) => {
      const evpd = or(options.evpd, false, boolean);
      const pageCode = or(options.pageCode, 0, value => whole(value, 255));
      // Only pages have numbers.
      if (!evpd && options.pageCode !== undefined) return refuse();
      return [
        ['SendScsiInquiry', { ...addressed(session, lun), EvpdCmddt: evpd ? 1 : 0, PageCode: pageCode, ...ANSWER }],
      ];
    },
  },
  sendScsiReadCapacity: {
    positional: 2,
    own: [],
    exports: ([session, lun]) => [['SendScsiReadCapacity', { ...addressed(session, lun), ...ANSWER }]],
  },
  sendScsiReportLuns: {
    positional: 1,
    own: [],
    exports: ([session]) => [['SendScsiReportLuns', { UniqueSessionId: id(session), ...ANSWER }]],
  },
  setIScsiInitiatorCHAPSharedSecret: secretSetter('SetIScsiInitiatorCHAPSharedSecret'),
  setIScsiInitiatorRADIUSSharedSecret: secretSetter('SetIScsiInitiatorRADIUSSharedSecret'),
  setIScsiGroupPresharedKey: {
    positional: 1,
    own: ['persist'],
    exports: ([key], options) => {
      const [KeyLength, Key] = secret(key);
      return [['SetIScsiGroupPresharedKey', { KeyLength, Key, Persist: persist(options) }]];
    },
  },
  setIScsiIKEInfo: {
    positional: 1,
    own: [...INITIATOR, 'persist'],
    exports: ([info], options, characters) => [
      [
        'SetIScsiIKEInfo',
        {
          ...initiator(options, characters),
          AuthInfo: ikeInfo(members(info, ['securityFlags', 'idType', 'id', 'key'])),
          Persist: persist(options),
        },
      ],
    ],
  },
  getIScsiIKEInfo: {
    positional: 1,
    own: INITIATOR,
    exports: ([identity], options, characters) => [
      [
        'GetIScsiIKEInfo',
        {
          ...initiator(options, characters),
          Reserved: null,
          AuthInfo: ikeInfo(members(identity, ['idType', 'id'])),
        },
      ],
    ],
  },
  setIScsiTunnelModeOuterAddress: {
    positional: 1,
    own: [...INITIATOR, 'persist'],
    exports: ([given], options, characters) => {
      const addresses = members(given, ['destinationAddress', 'outerModeAddress']);
      return [
        [
          'SetIScsiTunnelModeOuterAddress',
          {
            ...initiator(options, characters),
            DestinationAddress: orNull(addresses.destinationAddress, value => text(value, characters, 255)),
            OuterModeAddress: orNull(addresses.outerModeAddress, value => text(value, characters, 255)),
            Persist: persist(options),
          },
        ],
      ];
    },
  },
  setIScsiInitiatorNodeName: nameSetter('SetIScsiInitiatorNodeName', 'InitiatorNodeName', 223, true),
  addISNSServer: nameSetter('AddISNSServer', 'Address', 255),
  removeISNSServer: nameSetter('RemoveISNSServer', 'Address', 255),
  refreshISNSServer: nameSetter('RefreshISNSServer', 'Address', 255, true),
  reportISNSServerList: stringList('ReportISNSServerList'),
  // An array of 41 ends with two NULs.
  addRadiusServer: nameSetter('AddRadiusServer', 'Address', 39),
  removeRadiusServer: nameSetter('RemoveRadiusServer', 'Address', 39),
  reportRadiusServerList: stringList('ReportRadiusServerList'),
  setupPersistentIScsiDevices: plain('SetupPersistentIScsiDevices'),
  setupPersistentIScsiVolumes: plain('SetupPersistentIScsiVolumes'),
  addPersistentIScsiDevice: nameSetter('AddPersistentIScsiDevice', 'DevicePath', 32_767),
  removePersistentIScsiDevice: nameSetter('RemovePersistentIScsiDevice', 'DevicePath', 32_767),
  clearPersistentIScsiDevices: plain('ClearPersistentIScsiDevices'),
  reportPersistentIScsiDevices: stringList('ReportPersistentIScsiDevices'),
};

const ANSWER: Parameters = {
  ScsiStatus: 'memory',
  ResponseSize: Number.NaN,
  ResponseBuffer: 'memory',
  SenseSize: Number.NaN,
  SenseBuffer: 'memory',
};

function plain(name: string): Made {
  return { positional: 0, own: [], exports: () => [[name, {}]] };
}

function stringList(name: string): Made {
  return { positional: 0, own: [], exports: () => [[name, { BufferSizeInChar: Number.NaN, Buffer: 'memory' }]] };
}

function nameSetter(name: string, parameter: string, most: number, isNullable = false): Made {
  const named = (value: unknown, characters: Characters) => (value === '' ? refuse() : text(value, characters, most));
  return {
    positional: 1,
    own: [],
    exports: ([value], _, characters) => [
      [name, { [parameter]: isNullable && value === null ? null : named(value, characters) }],
    ],
  };
}

function secretSetter(name: string): Made {
  return {
    positional: 1,
    own: [],
    exports: ([value]) => {
      const [SharedSecretLength, SharedSecret] = secret(value);
      return [[name, { SharedSecretLength, SharedSecret }]];
    },
  };
}

/** Nothing but null clears what is stored. */
function secret(value: unknown): readonly [length: number, bytes: string | null] {
  if (value === null) return [0, null];
  const digits = octets(value);
  return digits === '' ? refuse() : [digits.length / 2, digits];
}

function persist(options: Options): number {
  return or(options.persist, false, boolean) ? 1 : 0;
}

function initiator({ initiatorName, initiatorPortNumber }: Options, characters: Characters): Parameters {
  const name = orNull(initiatorName, value => text(value, characters, 255));
  const port = or(initiatorPortNumber, ANY_PORT, value => whole(value, ANY_PORT));
  // A number of a port says nothing without the instance whose port it is.
  return port !== ANY_PORT && name === null ? refuse() : { InitiatorName: name, InitiatorPortNumber: port };
}

/** The first two of the eight bytes of a LUN are on the wire as the lowest of the number. */
function addressed(session: unknown, lun: unknown): Parameters {
  return {
    UniqueSessionId: id(session),
    Lun: String(typeof lun === 'string' ? BigInt(`0x${hexadecimal(lun)}`) : wire(lun)),
  };
}

function wire(lun: unknown): bigint {
  const number = whole(lun, 16_383);
  const bytes = new DataView(new ArrayBuffer(8));
  // Peripheral device addressing, or flat space addressing from 256 on.
  bytes.setUint16(0, number < 256 ? number : 0x4000 + number);
  return bytes.getBigUint64(0, true);
}

/** IKE_AUTHENTICATION_INFORMATION. */
function ikeInfo({ securityFlags, idType, id: name, key }: Options): unknown {
  const type = typeof idType === 'string' ? (ID_TYPES.get(idType) ?? refuse()) : whole(idType, 255);
  const digits = identity(type, name);
  const [KeyLengthInBytes, Key] = key === undefined ? [0, null] : secret(key);
  return {
    AuthMethod: 1,
    PsKey: {
      SecurityFlags: String(or(securityFlags, 0n, value => flags(value, SECURITY_FLAGS, 64))),
      IdType: type,
      IdLengthInBytes: digits.length / 2,
      Id: digits,
      KeyLengthInBytes,
      Key,
    },
  };
}

/** Hexadecimal digits, of an address in network order. */
function identity(type: number, value: unknown): string {
  if (type === 1 && typeof value === 'string') return isIPv4(value) ? v4(value) : refuse();
  if (type === 5 && typeof value === 'string') return isIPv6(value) && !value.includes('%') ? v6(value) : refuse();
  const digits = octets(value);
  const length = type === 1 ? 8 : type === 5 ? 32 : digits.length;
  // The names of hosts and users.
  if ((type === 2 || type === 3) && /^(?:..)*00/.test(digits)) return refuse();
  return digits === '' || digits.length !== length ? refuse() : digits;
}

function v4(address: string): string {
  return Buffer.from(address.split('.').map(Number)).toString('hex');
}

function v6(address: string): string {
  const plainGroups = address.replace(/[\d.]+\.[\d.]+$/, last => v4(last).replace(/^(....)/, '$1:'));
  const [head = [], tail = []] = plainGroups.split('::').map(part => part.split(':').filter(group => group !== ''));
  const zeros = new Array<string>(8 - head.length - tail.length).fill('0');
  return [...head, ...zeros, ...tail].map(group => group.toLowerCase().padStart(4, '0')).join('');
}
