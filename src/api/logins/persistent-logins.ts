import { BOOLEAN, type Check, OBJECT_OR_NULL } from '../../arguments.js';
import { GrowingReply } from '../../call/growing-reply.js';
import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import { nested, pointer, text } from '../../codec/fields.js';
import { layoutOf } from '../../codec/layout.js';
import { type Flags, type FlagsInput, flag, flags, unsigned } from '../../codec/numbers.js';
import { Source } from '../../codec/source.js';
import { Struct } from '../../codec/struct.js';
import { ISCSI_ALL_INITIATOR_PORTS, ISCSI_LOGIN_OPTIONS_PASSWORD } from '../../header/constants.js';
import { bothForms } from '../../native/types.js';
import { callAsync, callSync, runChecked, withArguments } from '../call.js';
import { INITIATOR_PORT_CHECKS, type InitiatorPort } from '../initiator/initiator-port.js';
import { type AsyncOptions, type CheckedOptions, checkOptionsAnd, type SyncOptions } from '../options.js';
import { checkReportedPortal, type PortalInput, TARGET_PORTAL, type TargetPortal } from '../portals/portal.js';
import { LUN_MAPPINGS, type LunMappings } from '../targets/mapping.js';
import { checkSameTarget } from '../targets/target-name.js';
import {
  LOGIN_CHECKS,
  LOGIN_OPTIONS,
  type LoginOptions,
  type ReportedLoginOptions,
  SECURITY_FLAGS,
  type SecurityFlag,
} from './login-options.js';

/**
 * A login that Windows makes when it starts ("favorite target").
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-persistent_iscsi_login_infow
 */
export interface PersistentLogin {
  /** The name of the target. */
  targetName: string;
  /** Whether its disks stay away. */
  isInformationalSession: boolean;
  /** The HBA instance that logs in. Empty for any. */
  initiatorInstance: string;
  /** The index of a local address of that instance; 4294967295 for any. */
  initiatorPortNumber: number;
  /** The portal. Its address is empty for any. */
  targetPortal: TargetPortal;
  /** The flags for IPsec. */
  securityFlags: Flags<SecurityFlag>;
  /** Where its LUNs are to be found. Null for what Windows chooses. */
  mappings: LunMappings | null;
  /** The options of the login. The password is never reported. */
  loginOptions: ReportedLoginOptions;
}

/** What can be written into the struct. */
interface WrittenLogin extends Omit<PersistentLogin, 'securityFlags' | 'loginOptions'> {
  readonly securityFlags?: FlagsInput<SecurityFlag> | undefined;
  readonly loginOptions: LoginOptions;
}

export const PERSISTENT_LOGIN = new Struct<WrittenLogin>(
  'PERSISTENT_ISCSI_LOGIN_INFO#',
  'PersistentLoginInfo',
  {
    targetName: text('TargetName'),
    isInformationalSession: flag('IsInformationalSession'),
    initiatorInstance: text('InitiatorInstance'),
    initiatorPortNumber: unsigned('InitiatorPortNumber'),
    targetPortal: nested('TargetPortal', TARGET_PORTAL),
    securityFlags: flags('SecurityFlags', SECURITY_FLAGS),
    mappings: pointer('Mappings', LUN_MAPPINGS),
    loginOptions: nested('LoginOptions', LOGIN_OPTIONS),
  },
  {
    // Count says how many fit when the call is made: a DLL that does not write it leaves empty structs.
    implausible: ({ targetName }) => (targetName === '' ? ['TargetName', 'the login has no target'] : undefined),
  },
);

const REPORT = bothForms('ReportIScsiPersistentLogins');
const REMOVE = bothForms('RemoveIScsiPersistentTarget');

/**
 * Returns the logins that Windows makes when it starts, also those to targets that no longer exist. Equal ones are
 * listed as often as they were saved. Rejects with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsipersistentloginsw
 */
export async function reportIScsiPersistentLogins(options?: AsyncOptions): Promise<PersistentLogin[]> {
  return await callAsync(options, persistentLogins);
}

/**
 * Returns the logins that Windows makes when it starts. Blocks the thread. Throws the same errors as
 * `reportIScsiPersistentLogins`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsipersistentloginsw
 */
export function reportIScsiPersistentLoginsSync(options?: SyncOptions): PersistentLogin[] {
  return callSync(options, persistentLogins);
}

/** Which persistent login is meant. */
export interface WhichLogin extends InitiatorPort {
  /** The portal of the login, as it is reported. Defaults to any: NULL. */
  readonly targetPortal?: PortalInput | null | undefined;
}

/** Options of `removeIScsiPersistentTarget`. What `reportIScsiPersistentLogins` returns can be passed as it is. */
export interface RemovePersistentOptions
  extends AsyncOptions,
    WhichLogin,
    Partial<Omit<PersistentLogin, keyof WhichLogin>> {}

// The last four of what is reported take no part.
const CHECKS: Readonly<Record<Exclude<keyof RemovePersistentOptions, keyof AsyncOptions>, Check>> = {
  ...INITIATOR_PORT_CHECKS,
  targetPortal: ['null, a string or an object', value => typeof value === 'object' || typeof value === 'string'],
  targetName: ['a string', value => typeof value === 'string'],
  isInformationalSession: BOOLEAN,
  securityFlags: ['an array', Array.isArray],
  mappings: OBJECT_OR_NULL,
  loginOptions: LOGIN_CHECKS.loginOptions,
};

/**
 * Removes a login from those that Windows makes when it starts. The initiator, its port and the portal must be as
 * reported: without a portal, or with an empty address, it removes the logins to the target through all portals. Of
 * equal logins it removes one. Sessions stay. Rejects with `ISDSC_COULD_NOT_REMOVE_PERSISTENT_LOGIN_DATA`
 * if there is no such login, and with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-removeiscsipersistenttargetw
 */
export async function removeIScsiPersistentTarget(
  targetName: string,
  options?: RemovePersistentOptions,
): Promise<void> {
  const { checked, own } = checkOptionsAnd<RemovePersistentOptions>(options, CHECKS);
  checkSameTarget(targetName, own.targetName);
  return await runChecked(checked, () => removePersistentLogin(checked, targetName, own));
}

export function persistentLogins(checked: CheckedOptions): Procedure<PersistentLogin[]> {
  return loginReply(checked, (source, count) => readLogins(checked, source, count));
}

/** The same, with how many of them come with a password. It is not read. */
export function persistentLoginsAndPasswords(
  checked: CheckedOptions,
): Procedure<{ readonly logins: PersistentLogin[]; readonly withPassword: number }> {
  return loginReply(checked, (source, count) => {
    const { size, at } = layoutOf(`PERSISTENT_ISCSI_LOGIN_INFO${checked.form}`);
    const { Password, PasswordLength, InformationSpecified } = layoutOf('ISCSI_LOGIN_OPTIONS').at;
    const logins = readLogins(checked, source, count);
    const hasPassword = (_: unknown, index: number) => {
      const number = (member: number) => source.view.getUint32(index * size + at.LoginOptions + member, true);
      const isSpecified = (number(InformationSpecified) & ISCSI_LOGIN_OPTIONS_PASSWORD) !== 0;
      return isSpecified || number(PasswordLength) !== 0 || number(Password) !== 0;
    };
    return { logins, withPassword: logins.filter(hasPassword).length };
  });
}

function readLogins({ form }: CheckedOptions, source: Source, count: number): PersistentLogin[] {
  return PERSISTENT_LOGIN.in(form).readHead(source, count, 'Count') as PersistentLogin[];
}

function loginReply<Result>(
  { library, form, decodeAnsi }: CheckedOptions,
  read: (source: Source, count: number) => Result,
): Procedure<Result> {
  return new GrowingReply(
    library,
    {
      syscall: REPORT[form],
      sizeName: 'BufferSizeInBytes',
      unit: 1,
      structSize: PERSISTENT_LOGIN.in(form).size,
      emptyIfNoneNeeded: true,
      arguments: ({ count, size, buffer }) => [count, buffer, size],
    },
    ({ reply, count: [count = 0] }) => read(new Source(reply, decodeAnsi), count),
  );
}

export function removePersistentLogin(
  checked: CheckedOptions,
  targetName: string,
  { initiatorInstance = null, initiatorPortNumber = ISCSI_ALL_INITIATOR_PORTS, targetPortal }: WhichLogin,
): Procedure<void> {
  const portal = targetPortal == null ? null : checkReportedPortal('targetPortal', targetPortal);
  return withArguments(checked, memory =>
    simpleCall(
      nativeCall(
        checked.library,
        REMOVE[checked.form],
        memory.instance(initiatorInstance),
        initiatorPortNumber,
        memory.targetName(targetName),
        memory.struct(TARGET_PORTAL, portal, 'targetPortal'),
      ),
    ),
  );
}
