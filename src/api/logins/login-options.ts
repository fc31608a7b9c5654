import type { Check } from '../../arguments.js';
import { type Octets, octets, secret, specified } from '../../codec/fields.js';
import { type Flags, type FlagsInput, flags, type Named, named, unsigned } from '../../codec/numbers.js';
import { type Names, Struct } from '../../codec/struct.js';
import { invalidSecret } from '../../errors.js';
import { AUTH_TYPES, DIGESTS } from '../sessions/negotiated-session.js';

/** A flag of a login. `'multipathEnabled'` allows a second session with a target: without MPIO the disk is there twice. */
export type LoginFlag =
  | 'requireIpsec'
  | 'multipathEnabled'
  | 'allowPortalHopping'
  | 'useRadiusResponse'
  | 'useRadiusVerification';

/** A flag for IPsec. The others count only with `'valid'`. */
export type SecurityFlag =
  | 'valid'
  | 'ikeIpsecEnabled'
  | 'mainModeEnabled'
  | 'aggressiveModeEnabled'
  | 'pfsEnabled'
  | 'transportModePreferred'
  | 'tunnelModePreferred';

const LOGIN_FLAGS: Names<LoginFlag> = {
  1: 'requireIpsec',
  2: 'multipathEnabled',
  8: 'allowPortalHopping',
  16: 'useRadiusResponse',
  32: 'useRadiusVerification',
};

export const SECURITY_FLAGS: Names<SecurityFlag> = {
  1: 'valid',
  2: 'ikeIpsecEnabled',
  4: 'mainModeEnabled',
  8: 'aggressiveModeEnabled',
  16: 'pfsEnabled',
  32: 'transportModePreferred',
  64: 'tunnelModePreferred',
};

/**
 * How to log in. A member that is left out is not specified: Windows uses its default.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_login_options
 */
export interface LoginOptions {
  /** Names of flags, or a number of bits. Defaults to none. */
  readonly loginFlags?: FlagsInput<LoginFlag> | undefined;
  /** How the two ends prove who they are: `'chap'` the initiator alone, `'mutualChap'` the target, too. */
  readonly authType?: Named<(typeof AUTH_TYPES)[number]> | undefined;
  /** The checksum of the headers. */
  readonly headerDigest?: Named<(typeof DIGESTS)[number]> | undefined;
  /** The checksum of the data. */
  readonly dataDigest?: Named<(typeof DIGESTS)[number]> | undefined;
  /** The most connections that the session may have. */
  readonly maximumConnections?: number | undefined;
  /** Seconds to wait before a lost connection is made again. */
  readonly defaultTime2Wait?: number | undefined;
  /** Seconds that the target keeps the tasks of a lost connection. */
  readonly defaultTime2Retain?: number | undefined;
  /** The CHAP user name: ASCII text, or any bytes. Windows takes the node name of the initiator without one. */
  readonly username?: Octets | undefined;
  /** The CHAP secret: ASCII text, or any bytes, usually 12 to 16. It never comes back. */
  readonly password?: Octets | undefined;
}

/**
 * The options of a login as Windows reports them: the members that are specified. The password is never among them. A
 * user name that is not ASCII is a `Uint8Array`.
 */
export interface ReportedLoginOptions extends Omit<LoginOptions, 'loginFlags' | 'password'> {
  /** The names of the flags; one without a known name is its number. */
  readonly loginFlags: Flags<LoginFlag>;
}

const SPECIFIED = 'InformationSpecified';

export const LOGIN_OPTIONS = new Struct<LoginOptions>('ISCSI_LOGIN_OPTIONS', 'LoginOptions', {
  loginFlags: flags('LoginFlags', LOGIN_FLAGS),
  authType: specified(SPECIFIED, 0x80, named('AuthType', AUTH_TYPES)),
  headerDigest: specified(SPECIFIED, 0x1, named('HeaderDigest', DIGESTS)),
  dataDigest: specified(SPECIFIED, 0x2, named('DataDigest', DIGESTS)),
  maximumConnections: specified(SPECIFIED, 0x4, unsigned('MaximumConnections')),
  defaultTime2Wait: specified(SPECIFIED, 0x8, unsigned('DefaultTime2Wait')),
  defaultTime2Retain: specified(SPECIFIED, 0x10, unsigned('DefaultTime2Retain')),
  username: specified(SPECIFIED, 0x20, octets('Username', 'UsernameLength')),
  password: specified(SPECIFIED, 0x40, secret('Password', 'PasswordLength')),
});

/** How a call logs in. */
export interface LoginSettings {
  /** How to log in. Defaults to Windows' own defaults: NULL. */
  readonly loginOptions?: LoginOptions | null | undefined;
  /** Flags for IPsec: names, or a number of bits. Defaults to none. */
  readonly securityFlags?: FlagsInput<SecurityFlag> | undefined;
}

const isFlags = (value: unknown) => Array.isArray(value) || ['number', 'bigint'].includes(typeof value);

/** The check of a set of flags. Its names are checked when it is written. */
export const FLAGS: Check = ['an array of names, or a number of bits', isFlags];

/** Its members are checked when it is written. */
const isLoginOptions: Check[1] = value => {
  if (typeof value === 'object' && !Array.isArray(value)) return true;
  throw invalidSecret('loginOptions must be an object or null');
};

export const LOGIN_CHECKS = { loginOptions: ['an object', isLoginOptions], securityFlags: FLAGS } as const;
