import type { LoginOptions, ReportedLoginOptions, SendTargetPortalEx } from 'iscsidsc';

type Specified = Exclude<keyof ReportedLoginOptions, 'loginFlags'>;

const AUTH_TYPES = ['none', 'chap', 'mutualChap'] as const;
const DIGESTS = ['none', 'crc32c'] as const;
const LOGIN_FLAGS: readonly ReportedLoginOptions['loginFlags'][] = [
  [],
  ['requireIpsec', 'multipathEnabled', 'allowPortalHopping', 'useRadiusResponse', 'useRadiusVerification'],
  ['multipathEnabled', 4, 2 ** 31],
  ['multipathEnabled'],
];
const SECURITY_FLAGS: readonly SendTargetPortalEx['securityFlags'][] = [
  [],
  [
    'valid',
    'ikeIpsecEnabled',
    'mainModeEnabled',
    'aggressiveModeEnabled',
    'pfsEnabled',
    'transportModePreferred',
    'tunnelModePreferred',
  ],
  ['valid', 128, 2 ** 63],
  ['valid', 'ikeIpsecEnabled'],
];
const ALONE: readonly Specified[] = [
  'authType',
  'headerDigest',
  'dataDigest',
  'maximumConnections',
  'defaultTime2Wait',
  'defaultTime2Retain',
  'username',
];
/** What the first options specify. Behind them, each member is specified alone. */
const FIRST: readonly (readonly Specified[])[] = [
  [],
  ALONE,
  ['username', 'defaultTime2Retain'],
  ['username', 'authType'],
];

/** IPsec flags: none, all, and some that have no name. */
export function exampleSecurityFlags(number: number): SendTargetPortalEx['securityFlags'] {
  return SECURITY_FLAGS[number % SECURITY_FLAGS.length] ?? [];
}

/** Login options with each member present or not, and with user names of all sorts. */
export function exampleLoginOptions(number: number): ReportedLoginOptions {
  const specified = FIRST[number] ?? [ALONE[number % ALONE.length]];
  const all: Required<Omit<LoginOptions, 'password' | 'loginFlags'>> = {
    authType: AUTH_TYPES[number % 4] ?? 3,
    headerDigest: DIGESTS[number % 3] ?? 2,
    dataDigest: DIGESTS[(number + 1) % 3] ?? 2,
    maximumConnections: number + 1,
    defaultTime2Wait: 2 * number,
    defaultTime2Retain: 0xffffffff - number,
    username: exampleUsername(number),
  };
  const entries = Object.entries(all).filter(([member]) => specified.includes(member as Specified));
  return { loginFlags: LOGIN_FLAGS[number % LOGIN_FLAGS.length] ?? [], ...Object.fromEntries(entries) };
}

function exampleUsername(number: number): string | Uint8Array {
  return [`user-${number}`, '', Uint8Array.of(0xff, 0x00, 0xe9, number & 255)][number % 3] as string | Uint8Array;
}
