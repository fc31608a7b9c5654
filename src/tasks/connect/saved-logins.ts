import type { ReportedLoginOptions } from '../../api/logins/login-options.js';
import type { PersistentLogin } from '../../api/logins/persistent-logins.js';
import type { TargetPortal } from '../../api/portals/portal.js';
import { sameName } from '../../api/targets/target-name.js';
import type { Octets } from '../../codec/fields.js';
import { samePortal } from '../../portal.js';

/** A login that is to be saved. */
export interface WantedLogin {
  readonly targetName: string;
  /** Null for any. Windows reports the one that it has chosen. */
  readonly initiatorInstance: string | null;
  readonly initiatorPortNumber: number;
  /** Null for any. */
  readonly portal: TargetPortal | null;
  /** Without the password. */
  readonly loginOptions: ReportedLoginOptions;
}

/** Whether Windows tells the two apart. */
export function isSamePlace(login: PersistentLogin, wanted: WantedLogin): boolean {
  const { initiatorInstance } = wanted;
  const place = wanted.portal ?? { address: '', socket: login.targetPortal.socket };
  return (
    sameName(login.targetName, wanted.targetName) &&
    (initiatorInstance === null || sameName(login.initiatorInstance, initiatorInstance)) &&
    login.initiatorPortNumber === wanted.initiatorPortNumber &&
    samePortal(login.targetPortal, place)
  );
}

/**
 * Whether a saved login does what is wanted. Passwords are never reported, and what Windows may report of its own
 * defaults is not compared.
 */
export function isSameLogin(login: PersistentLogin, wanted: WantedLogin): boolean {
  const { loginOptions, securityFlags, isInformationalSession } = login;
  const { authType = 'none', username, loginFlags } = wanted.loginOptions;
  return (
    isSamePlace(login, wanted) &&
    !isInformationalSession &&
    securityFlags.length === 0 &&
    [...loginOptions.loginFlags].sort().join() === [...loginFlags].sort().join() &&
    (loginOptions.authType ?? 'none') === authType &&
    (username === undefined || sameOctets(loginOptions.username, username)) &&
    (loginOptions.headerDigest ?? 'none') === 'none' &&
    (loginOptions.dataDigest ?? 'none') === 'none'
  );
}

function sameOctets(one: Octets = '', other: Octets): boolean {
  return Buffer.from(one).equals(Buffer.from(other));
}
