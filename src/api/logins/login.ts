import { BOOLEAN, type Check, OBJECT_OR_NULL } from '../../arguments.js';
import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import type { Octets } from '../../codec/fields.js';
import { flagBits } from '../../codec/numbers.js';
import { readUniqueId } from '../../codec/source.js';
import { UNIQUE_ID } from '../../codec/unique-id.js';
import { bothForms } from '../../native/types.js';
import { runChecked, withArguments } from '../call.js';
import { INITIATOR_PORT_CHECKS, type InitiatorPort, initiatorPortOf } from '../initiator/initiator-port.js';
import { type AsyncOptions, type CheckedOptions, checkOptionsAnd } from '../options.js';
import { checkPortal, type PortalInput, TARGET_PORTAL } from '../portals/portal.js';
import { LUN_MAPPINGS, type LunMappings } from '../targets/mapping.js';
import { checkSameTarget } from '../targets/target-name.js';
import { LOGIN_CHECKS, LOGIN_OPTIONS, type LoginSettings, SECURITY_FLAGS } from './login-options.js';

/** Options of `loginIScsiTarget`. What `reportIScsiPersistentLogins` returns can be passed as it is. */
export interface LoginTargetOptions extends AsyncOptions, InitiatorPort, LoginSettings {
  /** Logs in without its disks: only SCSI commands of this API reach it. Defaults to false. */
  readonly isInformationalSession?: boolean | undefined;
  /** The portal of the target. Defaults to any that is known: NULL. */
  readonly targetPortal?: PortalInput | null | undefined;
  /** Where its LUNs are to be found. Defaults to what Windows chooses: NULL. */
  readonly mappings?: LunMappings | null | undefined;
  /** The IPsec preshared key: ASCII text, or any bytes. Defaults to none. */
  readonly key?: Octets | undefined;
  /** Saves the login for the next start of Windows, and does not log in now. Defaults to false. */
  readonly isPersistent?: boolean | undefined;
  /** Must be the target that is named, where it is given: in what is reported it is. */
  readonly targetName?: string | undefined;
}

/** A session that has been logged in. */
export interface LoggedIn {
  /** As in `SessionInfo`. */
  sessionId: string;
  /** The id of the first connection of the session. */
  connectionId: string;
}

/** What a login that was saved returns: there is no session yet. */
export interface SavedLogin {
  /** There is no session. */
  sessionId: null;
  /** There is no connection. */
  connectionId: null;
}

const CHECKS: Readonly<Record<Exclude<keyof LoginTargetOptions, keyof AsyncOptions>, Check>> = {
  ...INITIATOR_PORT_CHECKS,
  ...LOGIN_CHECKS,
  isInformationalSession: BOOLEAN,
  targetPortal: ['null, a string or an object', value => typeof value === 'object' || typeof value === 'string'],
  mappings: OBJECT_OR_NULL,
  // What it must be is checked when it is written: no error may show it.
  key: ['bytes', () => true],
  isPersistent: BOOLEAN,
  targetName: ['a string', value => typeof value === 'string'],
};

const SYSCALLS = bothForms('LoginIScsiTarget');

/**
 * Logs in to a target, or with `isPersistent` saves the login for the next start of Windows. The disks appear some time
 * after a login: `waitForSession` with `until: 'devices'` waits for them.
 *
 * With `isPersistent: true` the login is saved for the next start of Windows, and nothing else happens: no session is
 * made, and both ids are null. To be connected now and after a restart, call it twice. Each such call saves one more
 * login, equal ones too.
 *
 * Rejects with `ISDSC_TARGET_NOT_FOUND` if Windows does not know the target, `ISDSC_TARGET_ALREADY_LOGGED_IN` if it has
 * a session already and `loginFlags` is without `'multipathEnabled'`, `ISDSC_CONNECTION_FAILED` if the portal does not
 * answer, `ISDSC_AUTHENTICATION_FAILURE` for wrong CHAP names or secrets, `ISDSC_AUTHORIZATION_FAILURE` if the target
 * does not let this initiator in, `ISDSC_NO_PORTAL_SPECIFIED` if no portal is known, and with the errors of
 * `getIScsiSessionList`. Can take a minute. After a timeout, `pending` says whether a session may still appear.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-loginiscsitargetw
 */
export async function loginIScsiTarget(
  targetName: string,
  options: LoginTargetOptions & { readonly isPersistent: true },
): Promise<SavedLogin>;
export async function loginIScsiTarget(
  targetName: string,
  options?: LoginTargetOptions & { readonly isPersistent?: false | undefined },
): Promise<LoggedIn>;
export async function loginIScsiTarget(
  targetName: string,
  options?: LoginTargetOptions,
): Promise<LoggedIn | SavedLogin>;
export async function loginIScsiTarget(
  targetName: string,
  options?: LoginTargetOptions,
): Promise<LoggedIn | SavedLogin> {
  const { checked, own } = checkOptionsAnd<LoginTargetOptions>(options, CHECKS);
  const { targetName: reported, ...settings } = own;
  checkSameTarget(targetName, reported);
  return await runChecked(checked, () => login(checked, targetName, settings));
}

export function login(
  checked: CheckedOptions,
  targetName: string,
  {
    targetPortal,
    mappings,
    loginOptions,
    securityFlags = 0,
    key,
    ...rest
  }: Omit<LoginTargetOptions, keyof AsyncOptions>,
): Procedure<LoggedIn | SavedLogin> {
  const { isInformationalSession = false, isPersistent = false } = rest;
  const [instance, port] = initiatorPortOf(rest);
  const portal = targetPortal == null ? null : checkPortal('targetPortal', targetPortal);
  const syscall = SYSCALLS[checked.form];
  return withArguments(checked, function* (memory) {
    const ids = { session: memory.output(UNIQUE_ID), connection: memory.output(UNIQUE_ID) };
    const secret = memory.secret('key', key);
    const call = nativeCall(
      checked.library,
      syscall,
      memory.targetName(targetName),
      isInformationalSession ? 1 : 0,
      memory.instance(instance),
      port,
      memory.struct(TARGET_PORTAL, portal, 'targetPortal'),
      flagBits('securityFlags', SECURITY_FLAGS, 8, securityFlags),
      memory.struct(LUN_MAPPINGS, mappings, 'mappings'),
      memory.struct(LOGIN_OPTIONS, loginOptions, 'loginOptions'),
      secret.length,
      secret.bytes,
      isPersistent ? 1 : 0,
      ids.session,
      ids.connection,
    );
    yield* simpleCall(call);
    if (isPersistent) return { sessionId: null, connectionId: null };
    return {
      sessionId: readUniqueId(ids.session, syscall, 'UniqueSessionId'),
      connectionId: readUniqueId(ids.connection, syscall, 'UniqueConnectionId'),
    };
  });
}
