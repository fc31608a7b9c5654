import {
  type Characters,
  flags,
  hexadecimal,
  id,
  members,
  named,
  octets,
  portalText,
  refuse,
  text,
  whole,
} from './expected-values.js';

export const SECURITY_FLAGS = [
  'valid',
  'ikeIpsecEnabled',
  'mainModeEnabled',
  'aggressiveModeEnabled',
  'pfsEnabled',
  'transportModePreferred',
  'tunnelModePreferred',
];
export const TARGET_FLAGS = ['', 'hideStaticTarget', 'mergeTargetInformation'];
export const LOGIN_FLAGS = [
  'requireIpsec',
  'multipathEnabled',
  '',
  'allowPortalHopping',
  'useRadiusResponse',
  'useRadiusVerification',
];
export const AUTH_TYPES = ['none', 'chap', 'mutualChap'];
export const DIGESTS = ['none', 'crc32c'];

const MOST_32 = 0xffff_ffff;
const MOST_ELEMENTS = 16_384;
const LOGIN_OPTIONS = [
  'loginFlags',
  'authType',
  'headerDigest',
  'dataDigest',
  'maximumConnections',
  'defaultTime2Wait',
  'defaultTime2Retain',
  'username',
  'password',
];

/** ISCSI_LOGIN_OPTIONS. A member that is not given has its bit clear and is zero. */
export function loginOptions(value: unknown): unknown {
  const given = members(value, LOGIN_OPTIONS);
  const has = (name: string) => given[name] !== undefined;
  const number = (name: string) => (has(name) ? whole(given[name], MOST_32) : 0);
  const name = (member: string, names: readonly string[]) => (has(member) ? named(given[member], names) : 0);
  const bytes = (member: string) => (has(member) ? octets(given[member]) : '');
  const bit = (member: string, mask: number) => (has(member) ? mask : 0);
  const [username, password] = [bytes('username'), bytes('password')];
  return {
    Version: 0,
    InformationSpecified:
      bit('headerDigest', 0x01) |
      bit('dataDigest', 0x02) |
      bit('maximumConnections', 0x04) |
      bit('defaultTime2Wait', 0x08) |
      bit('defaultTime2Retain', 0x10) |
      bit('username', 0x20) |
      bit('password', 0x40) |
      bit('authType', 0x80),
    LoginFlags: has('loginFlags') ? Number(flags(given.loginFlags, LOGIN_FLAGS, 32)) : 0,
    AuthType: name('authType', AUTH_TYPES),
    HeaderDigest: name('headerDigest', DIGESTS),
    DataDigest: name('dataDigest', DIGESTS),
    MaximumConnections: number('maximumConnections'),
    DefaultTime2Wait: number('defaultTime2Wait'),
    DefaultTime2Retain: number('defaultTime2Retain'),
    UsernameLength: username.length / 2,
    PasswordLength: password.length / 2,
    Username: username === '' ? null : username,
    Password: password === '' ? null : password,
  };
}

const REPORTED = ['initiatorName', 'initiatorPortNumber', 'securityFlags', 'loginOptions'];

/** ISCSI_TARGET_PORTAL, of text or an object, which may be a portal as it was reported. */
export function reportedPortal(value: unknown, characters: Characters): { Address: string; Socket: number } {
  if (typeof value === 'string') {
    const { address, socket } = portalText(value);
    return { SymbolicName: '', Address: text(address, characters, 255), Socket: socket } as {
      Address: string;
      Socket: number;
    };
  }
  const given = members(value, ['address', 'socket', 'symbolicName', ...REPORTED]);
  const { address, socket = 3260, symbolicName = '' } = given;
  const made = {
    SymbolicName: text(symbolicName, characters, 255),
    Address: text(address, characters, 255),
    Socket: whole(socket, 0xffff),
  };
  // Text in place of an address can have a port.
  return /^\[|^[^:]*:\d*$|\s/.test(made.Address) ? refuse() : made;
}

/** The same for one that is to be reached. */
export function portal(value: unknown, characters: Characters): { Address: string } {
  const made = reportedPortal(value, characters);
  return made.Socket === 0 && made.Address !== '' ? refuse() : made;
}

/** The same for a call that needs an address. */
export function addressedPortal(value: unknown, characters: Characters, make: typeof portal = portal): unknown {
  const made = make(value, characters);
  return made.Address === '' ? refuse() : made;
}

/** ISCSI_TARGET_PORTAL_GROUP. */
export function portalGroup(value: unknown, characters: Characters): unknown {
  const portals = list(value).map(each => addressedPortal(each, characters));
  return { Count: portals.length, Portals: portals };
}

/** ISCSI_TARGET_MAPPING. */
export function mappings(value: unknown, characters: Characters): unknown {
  const given = members(value, [
    'initiatorName',
    'targetName',
    'osDeviceName',
    'sessionId',
    'osBusNumber',
    'osTargetNumber',
    'lunList',
  ]);
  const name = (member: string, most: number) =>
    given[member] === undefined ? '' : text(given[member], characters, most);
  const luns = list(given.lunList).map(each => {
    const { osLun, targetLun } = members(each, ['osLun', 'targetLun']);
    return { OSLUN: whole(osLun, MOST_32), TargetLUN: BigInt(`0x${hexadecimal(targetLun)}`).toString() };
  });
  return {
    InitiatorName: name('initiatorName', 255),
    TargetName: name('targetName', 223),
    OSDeviceName: name('osDeviceName', 259),
    SessionId: given.sessionId === undefined ? '0-0' : id(given.sessionId),
    OSBusNumber: whole(given.osBusNumber, MOST_32),
    OSTargetNumber: whole(given.osTargetNumber, MOST_32),
    LUNCount: luns.length,
    LUNList: luns.length === 0 ? null : luns,
  };
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value) || value.length > MOST_ELEMENTS) return refuse();
  return Array.from({ length: value.length }, (_, index) => value[index]);
}
