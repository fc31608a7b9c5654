import { type Check, wholeNumber } from '../../arguments.js';
import { nativeCall, type Procedure, simpleCall } from '../../call/procedure.js';
import type { Octets } from '../../codec/fields.js';
import { flagBits } from '../../codec/numbers.js';
import { readUniqueId } from '../../codec/source.js';
import { parseUniqueId, UNIQUE_ID, type UniqueId, uniqueIdMemory } from '../../codec/unique-id.js';
import { invalidArgument } from '../../errors.js';
import { ISCSI_ANY_INITIATOR_PORT } from '../../header/constants.js';
import { bothForms } from '../../native/types.js';
import { callAsync, callAsyncWith, withArguments } from '../call.js';
import { LOGIN_CHECKS, LOGIN_OPTIONS, type LoginSettings, SECURITY_FLAGS } from '../logins/login-options.js';
import type { AsyncOptions, CheckedOptions } from '../options.js';
import { checkOnePortal, type PortalInput, TARGET_PORTAL } from '../portals/portal.js';

/** Options of `addIScsiConnection`. */
export interface AddConnectionOptions extends AsyncOptions, LoginSettings {
  /** A portal of the same portal group as the session's. */
  readonly targetPortal: PortalInput;
  /** The index of a local address of the session's initiator. Defaults to 4294967295: any. */
  readonly initiatorPortNumber?: number | undefined;
  /** The IPsec preshared key: ASCII text, or any bytes. Defaults to none. */
  readonly key?: Octets | undefined;
}

const CHECKS: Readonly<Record<Exclude<keyof AddConnectionOptions, keyof AsyncOptions>, Check>> = {
  ...LOGIN_CHECKS,
  targetPortal: ['a string or an object', value => typeof value === 'object' || typeof value === 'string'],
  initiatorPortNumber: wholeNumber(0xffffffff),
  // What it must be is checked when it is written: no error may show it.
  key: ['bytes', () => true],
};

const ADD = bothForms('AddIScsiConnection');

/**
 * Adds a connection to a session, and returns its id. Most targets allow one connection a session, and answer
 * `ISDSC_TOO_MANY_CONNECTIONS`; several paths are usually several sessions with MPIO. A connection cannot be made
 * persistent. Rejects with `ISDSC_INVALID_SESSION_ID` if there is no such session, with the errors of a login, and with
 * those of `getIScsiSessionList`. Can take a minute.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-addiscsiconnectionw
 */
export async function addIScsiConnection(sessionId: string, options: AddConnectionOptions): Promise<string> {
  const id = parseUniqueId(sessionId);
  if (options?.targetPortal === undefined) throw invalidArgument('targetPortal must be a portal', undefined);
  return await callAsyncWith<AddConnectionOptions, string>(options, CHECKS, (checked, connection) =>
    addConnection(checked, id, connection),
  );
}

/**
 * Closes one connection of a session. Rejects with `ISDSC_CANT_REMOVE_LAST_CONNECTION` for the only one,
 * `ISDSC_CANNOT_REMOVE_LEADING_CONNECTION` for the first, `ISDSC_REMOVE_CONNECTION_IN_PROGRESS` while another is
 * removed, `ISDSC_INVALID_SESSION_ID` or `ISDSC_INVALID_CONNECTION_ID` if there is none of that id, and with the errors
 * of `getIScsiSessionList`. Can take a minute.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-removeiscsiconnection
 */
export async function removeIScsiConnection(
  sessionId: string,
  connectionId: string,
  options?: AsyncOptions,
): Promise<void> {
  const [session, connection] = [parseUniqueId(sessionId), parseUniqueId(connectionId)];
  return await callAsync(options, ({ library }) =>
    simpleCall(nativeCall(library, 'RemoveIScsiConnection', uniqueIdMemory(session), uniqueIdMemory(connection))),
  );
}

function addConnection(
  checked: CheckedOptions,
  session: UniqueId,
  {
    targetPortal,
    initiatorPortNumber = ISCSI_ANY_INITIATOR_PORT,
    loginOptions,
    securityFlags = 0,
    key,
  }: Omit<AddConnectionOptions, keyof AsyncOptions>,
): Procedure<string> {
  const portal = checkOnePortal('targetPortal', targetPortal);
  const syscall = ADD[checked.form];
  return withArguments(checked, function* (memory) {
    const id = memory.output(UNIQUE_ID);
    const secret = memory.secret('key', key);
    const call = nativeCall(
      checked.library,
      syscall,
      uniqueIdMemory(session),
      null,
      initiatorPortNumber,
      memory.struct(TARGET_PORTAL, portal, 'targetPortal'),
      flagBits('securityFlags', SECURITY_FLAGS, 8, securityFlags),
      memory.struct(LOGIN_OPTIONS, loginOptions, 'loginOptions'),
      secret.length,
      secret.bytes,
      id,
    );
    yield* simpleCall(call);
    return readUniqueId(id, syscall, 'ConnectionId');
  });
}
