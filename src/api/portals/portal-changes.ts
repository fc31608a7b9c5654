import { BOOLEAN, type Checks, checkEach } from '../../arguments.js';
import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import { type Besides, statusError } from '../../call/status.js';
import { flagBits } from '../../codec/numbers.js';
import { isIscsidscError, isOwnError, StatusError } from '../../errors.js';
import type { StatusName } from '../../header/statuses.js';
import { bothForms } from '../../native/types.js';
import { samePortal } from '../../portal.js';
import { runChecked, withArguments } from '../call.js';
import { INITIATOR_PORT_CHECKS, type InitiatorPort, initiatorPortOf } from '../initiator/initiator-port.js';
import { LOGIN_CHECKS, LOGIN_OPTIONS, type LoginSettings, SECURITY_FLAGS } from '../logins/login-options.js';
import { type AsyncOptions, type CheckedOptions, checkOptionsAnd } from '../options.js';
import {
  checkOnePortal,
  checkPortal,
  checkReportedPortal,
  type PortalInput,
  TARGET_PORTAL,
  type TargetPortal,
} from './portal.js';
import { type SendTargetPortal, type SendTargetPortalEx, sendTargetPortals } from './send-target-portals.js';

/** A portal as it is given: also one that was reported, which brings its initiator with it. */
export type SendTargetPortalInput = PortalInput | SendTargetPortal | SendTargetPortalEx;

/** Options of `removeIScsiSendTargetPortal` and `refreshIScsiSendTargetPortal`. */
export interface SendTargetPortalOptions extends AsyncOptions, InitiatorPort {}

/** Options of `addIScsiSendTargetPortal`. */
export interface AddPortalOptions extends SendTargetPortalOptions, LoginSettings {
  /**
   * Removes the portal again if its discovery fails, unless it was registered before. A call that is aborted or times
   * out leaves it as it is.
   */
  rollback?: boolean | undefined;
}

const ADD = bothForms('AddIScsiSendTargetPortal');
const REMOVE = bothForms('RemoveIScsiSendTargetPortal');
const REFRESH = bothForms('RefreshIScsiSendTargetPortal');

/**
 * Registers a portal and asks it for its targets. Windows keeps the portal, across restarts too, and also if it does not
 * answer: then the error has `portalRegistered: true`, and `rollback: true` removes the portal again. An error has
 * `portalRegistered` whenever the package can find out, so not if access was denied or the service does not answer.
 * Rejects with `ISDSC_CONNECTION_FAILED` if the portal does not answer, with `ISDSC_AUTHENTICATION_FAILURE` if CHAP is
 * refused, and with the errors of `getIScsiSessionList`. Can take a minute.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-addiscsisendtargetportalw
 */
export async function addIScsiSendTargetPortal(
  portal: SendTargetPortalInput,
  options?: AddPortalOptions,
): Promise<void> {
  const { checked, own } = checkOptionsAnd<AddPortalOptions>(options, ADD_CHECKS);
  const { rollback = false, ...settings } = { ...reportedOf(portal, ADD_REPORTED), ...own };
  const which = whichPortal(portal, settings);
  const progress: Progress = {};
  try {
    return await runChecked(checked, () => addPortal(checked, which, settings, rollback ? 'ifNew' : 'never', progress));
  } catch (error) {
    // After a timeout or an abort in the middle of a rollback, nothing else says how far it had come.
    if (progress.portalRegistered !== undefined && isOwnError(error)) Object.assign(error, progress);
    throw error;
  }
}

/**
 * Forgets a portal. Pass the same initiator as when it was added, or the portal as it was reported. The targets that it
 * reported stay in the list until that is refreshed, and sessions stay. Rejects with `ISDSC_PORTAL_NOT_FOUND` if it is
 * not registered, and with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-removeiscsisendtargetportalw
 */
export async function removeIScsiSendTargetPortal(
  portal: SendTargetPortalInput,
  options?: SendTargetPortalOptions,
): Promise<void> {
  await callForPortal(REMOVE, portal, options);
}

/**
 * Asks a registered portal for its targets again. Rejects with `ISDSC_PORTAL_NOT_FOUND` if it is not registered, with
 * `ISDSC_CONNECTION_FAILED` if it does not answer, and with the errors of `getIScsiSessionList`. Can take a minute.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-refreshiscsisendtargetportalw
 */
export async function refreshIScsiSendTargetPortal(
  portal: SendTargetPortalInput,
  options?: SendTargetPortalOptions,
): Promise<void> {
  await callForPortal(REFRESH, portal, options);
}

const ADD_CHECKS = {
  ...INITIATOR_PORT_CHECKS,
  ...LOGIN_CHECKS,
  rollback: BOOLEAN,
} as const;

async function callForPortal(
  syscalls: typeof REMOVE | typeof REFRESH,
  portal: SendTargetPortalInput,
  options: SendTargetPortalOptions | undefined,
): Promise<void> {
  const { checked, own } = checkOptionsAnd<SendTargetPortalOptions>(options, INITIATOR_PORT_CHECKS);
  const which = whichPortal(portal, { ...reportedOf(portal, REPORTED_INITIATOR), ...own }, checkReportedPortal);
  return await runChecked(checked, () => portalCall(checked, syscalls, which));
}

/** A registered portal, as the functions tell it from others. */
export interface WhichPortal {
  readonly portal: TargetPortal;
  readonly instance: string | null;
  readonly port: number;
}

// A portal that was reported brings them with it. The name of the instance has another name there.
const REPORTED_INITIATOR = {
  initiatorName: ['a string', (value: unknown) => typeof value === 'string'],
  initiatorPortNumber: INITIATOR_PORT_CHECKS.initiatorPortNumber,
} as const;
const ADD_REPORTED = { ...REPORTED_INITIATOR, ...LOGIN_CHECKS };

function whichPortal(input: SendTargetPortalInput, initiator: InitiatorPort, check = checkPortal): WhichPortal {
  const portal = checkOnePortal('portal', input, check);
  const [instance, port] = initiatorPortOf(initiator);
  return { portal, instance, port };
}

/** Each is read once: a getter cannot return another value after the check. */
function reportedOf(portal: SendTargetPortalInput, checks: Checks): InitiatorPort & LoginSettings {
  if (typeof portal !== 'object' || portal === null) return {};
  const { initiatorName, ...rest } = checkEach<Partial<SendTargetPortalEx>>(portal, checks);
  return { ...rest, ...(initiatorName !== undefined && { initiatorInstance: initiatorName }) };
}

/** Removes a registered portal. Returns false if it is not there any more. */
export function* removePortal(checked: CheckedOptions, which: WhichPortal): Procedure<boolean> {
  try {
    yield* portalCall(checked, REMOVE, which);
    return true;
  } catch (error) {
    if (isIscsidscError(error) && error.code === NOT_REGISTERED) return false;
    throw error;
  }
}

/** Asks a registered portal for its targets again. */
export function refreshPortal(checked: CheckedOptions, which: WhichPortal): Procedure<void> {
  return portalCall(checked, REFRESH, which);
}

/** A portal of the list, to be named as Windows has it. */
export function reportedPortal(listed: SendTargetPortal): WhichPortal {
  const { initiatorName: instance, initiatorPortNumber: port, symbolicName, address, socket } = listed;
  return { portal: { symbolicName, address, socket }, instance, port };
}

function portalCall(
  checked: CheckedOptions,
  syscalls: typeof REMOVE | typeof REFRESH,
  { portal, instance, port }: WhichPortal,
): Procedure<void> {
  return withArguments(checked, memory =>
    simpleCall(
      nativeCall(
        checked.library,
        syscalls[checked.form],
        memory.instance(instance),
        port,
        memory.struct(TARGET_PORTAL, portal, 'portal'),
      ),
    ),
  );
}

/** What is known of a portal that could not be added. */
interface Progress {
  portalRegistered?: boolean;
}

/**
 * Registers a portal. If its discovery fails, it is removed again `'never'`, `'ifNew'`, which asks for the list before,
 * or `'always'`, by who knows that it was not registered.
 */
export function* addPortal(
  checked: CheckedOptions,
  which: WhichPortal,
  { loginOptions, securityFlags = 0 }: LoginSettings,
  rollback: 'never' | 'ifNew' | 'always',
  progress: Progress = {},
): Procedure<void> {
  const { portal, instance, port } = which;
  const { library } = checked;
  const syscall = ADD[checked.form];
  let before: readonly SendTargetPortal[] = [];
  try {
    yield* withArguments(checked, function* (memory) {
      const call = nativeCall(
        library,
        syscall,
        memory.instance(instance),
        port,
        memory.struct(LOGIN_OPTIONS, loginOptions, 'loginOptions'),
        flagBits('securityFlags', SECURITY_FLAGS, 8, securityFlags),
        memory.struct(TARGET_PORTAL, portal, 'portal'),
      );
      // After the arguments are checked, and copied: the caller may overwrite the password at once.
      if (rollback === 'ifNew') before = yield* sendTargetPortals(checked);
      yield* simpleCall(call);
    });
  } catch (error) {
    if (!(error instanceof StatusError) || error.syscall !== syscall) throw error;
    const fail = (besides: Besides) => statusError(error.errno, { library, syscall }, besides);
    const isRegistered = yield* registration(checked, which, error.code);
    if (isRegistered !== undefined) progress.portalRegistered = isRegistered;
    if (!isRegistered) throw isRegistered === undefined ? error : fail({ portalRegistered: false });
    if (rollback === 'never' || before.some(each => isSame(each, which))) {
      throw fail({ effect: STAYS, portalRegistered: true });
    }
    try {
      yield* removePortal(checked, which);
    } catch (cause) {
      throw fail({ effect: STAYS, portalRegistered: true, cause });
    }
    progress.portalRegistered = false;
    throw fail({ effect: REMOVED, portalRegistered: false });
  }
}

/** Whether a portal is registered that could not be added. Undefined if nobody can tell. */
function* registration(checked: CheckedOptions, which: WhichPortal, code: unknown): Procedure<boolean | undefined> {
  if (DISCOVERY_FAILED.includes(code)) return true;
  if (isNotTried(code)) return undefined;
  try {
    return (yield* sendTargetPortals(checked)).some(each => isSame(each, which));
  } catch (error) {
    if (isIscsidscError(error)) return undefined;
    throw error;
  }
}

const NOT_REGISTERED: StatusName = 'ISDSC_PORTAL_NOT_FOUND';
const REMOVED = 'The portal has been removed again.';
const STAYS = 'The portal stays registered, and Windows goes on asking it.';

// Windows registers a portal first, and asks it then. These say that it was asked, or that the network was.
const DISCOVERY_FAILED: readonly unknown[] = [
  'ISDSC_LOGIN_FAILED',
  'ISDSC_CONNECTION_FAILED',
  'ISDSC_TARGET_MOVED_TEMPORARILY',
  'ISDSC_TARGET_MOVED_PERMANENTLY',
  'ISDSC_AUTHENTICATION_FAILURE',
  'ISDSC_AUTHORIZATION_FAILURE',
  'ISDSC_NOT_FOUND',
  'ISDSC_TARGET_REMOVED',
  'ISDSC_UNSUPPORTED_VERSION',
  'ISDSC_TOO_MANY_CONNECTIONS',
  'ISDSC_SESSION_TYPE_NOT_SUPPORTED',
  'ISDSC_TARGET_ERROR',
  'ISDSC_SERVICE_UNAVAILABLE',
  'ISDSC_INVALID_SENDTARGETS_TEXT',
  'ISDSC_SEND_FAILED',
  'ISDSC_TRANSPORT_ERROR',
] satisfies readonly StatusName[];

// Windows has not come to the portal, and the list would mostly fail in the same way.
const NOT_TRIED: readonly unknown[] = [
  'ERROR_ACCESS_DENIED',
  'ERROR_INVALID_PARAMETER',
  'RPC_S_UNKNOWN_IF',
  'RPC_S_SERVER_UNAVAILABLE',
  'ISDSC_SERVICE_NOT_RUNNING',
] satisfies readonly StatusName[];

/** Whether Windows has not come to the portal that it was to register. */
export function isNotTried(code: unknown): boolean {
  return NOT_TRIED.includes(code);
}

function isSame(
  { address, socket, initiatorName, initiatorPortNumber }: SendTargetPortal,
  { portal, instance, port }: WhichPortal,
): boolean {
  return (
    samePortal({ address, socket }, portal) &&
    initiatorName.toLowerCase() === (instance ?? '').toLowerCase() &&
    initiatorPortNumber === port
  );
}
