import { GrowingReply } from '../../call/growing-reply.js';
import type { Procedure } from '../../call/procedure.js';
import { nested, text } from '../../codec/fields.js';
import { type Flags, type FlagsInput, flags, unsigned } from '../../codec/numbers.js';
import { Source } from '../../codec/source.js';
import { Struct } from '../../codec/struct.js';
import { bothForms } from '../../native/types.js';
import { callAsync, callSync } from '../call.js';
import {
  LOGIN_OPTIONS,
  type LoginOptions,
  type ReportedLoginOptions,
  SECURITY_FLAGS,
  type SecurityFlag,
} from '../logins/login-options.js';
import type { AsyncOptions, CheckedOptions, SyncOptions } from '../options.js';
import type { TargetPortal } from './portal.js';

/**
 * A portal that is asked for its targets (SendTargets).
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_target_portal_infow
 */
export interface SendTargetPortal extends TargetPortal {
  /** The HBA instance that asks it. Empty if it is not bound to one. */
  initiatorName: string;
  /** The index of a local address of that instance; 4294967295 for any. */
  initiatorPortNumber: number;
}

/**
 * The same, with how Windows logs in for the discovery.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_target_portal_info_exw
 */
export interface SendTargetPortalEx extends SendTargetPortal {
  /** The flags for IPsec. */
  securityFlags: Flags<SecurityFlag>;
  /** The options of the login. The password is never reported. */
  loginOptions: ReportedLoginOptions;
}

/** What can be written into the struct. */
interface WrittenPortal extends SendTargetPortal {
  readonly securityFlags?: FlagsInput<SecurityFlag> | undefined;
  readonly loginOptions: LoginOptions;
}

const PORTAL_FIELDS = {
  initiatorName: text('InitiatorName'),
  initiatorPortNumber: unsigned('InitiatorPortNumber'),
  symbolicName: text('SymbolicName'),
  address: text('Address'),
  socket: unsigned('Socket'),
};

// PortalCount says how many fit when the call is made: a DLL that does not write it leaves empty structs.
const implausible = ({ address }: SendTargetPortal) =>
  address === '' ? (['Address', 'the portal has no address'] as const) : undefined;

export const TARGET_PORTAL_INFO = new Struct<SendTargetPortal>(
  'ISCSI_TARGET_PORTAL_INFO#',
  'PortalInfo',
  PORTAL_FIELDS,
  { implausible },
);

export const TARGET_PORTAL_INFO_EX = new Struct<WrittenPortal>(
  'ISCSI_TARGET_PORTAL_INFO_EX#',
  'PortalInfo',
  {
    ...PORTAL_FIELDS,
    securityFlags: flags('SecurityFlags', SECURITY_FLAGS),
    loginOptions: nested('LoginOptions', LOGIN_OPTIONS),
  },
  { implausible },
);

const LIST = bothForms('ReportIScsiSendTargetPortals');
const LIST_EX = bothForms('ReportIScsiSendTargetPortalsEx');

/**
 * Returns the portals that Windows asks for targets. Rejects with the errors of `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsisendtargetportalsw
 */
export async function reportIScsiSendTargetPortals(options?: AsyncOptions): Promise<SendTargetPortal[]> {
  return await callAsync(options, sendTargetPortals);
}

/**
 * Returns the portals that Windows asks for targets. Blocks the thread. Throws the same errors as
 * `reportIScsiSendTargetPortals`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsisendtargetportalsw
 */
export function reportIScsiSendTargetPortalsSync(options?: SyncOptions): SendTargetPortal[] {
  return callSync(options, sendTargetPortals);
}

/**
 * Returns the portals that Windows asks for targets, with how it logs in there. Rejects with the errors of
 * `getIScsiSessionList`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsisendtargetportalsexw
 */
export async function reportIScsiSendTargetPortalsEx(options?: AsyncOptions): Promise<SendTargetPortalEx[]> {
  return await callAsync(options, sendTargetPortalsEx);
}

/**
 * Returns the portals that Windows asks for targets, with how it logs in there. Blocks the thread. Throws the same
 * errors as `reportIScsiSendTargetPortalsEx`, except `ERR_ISCSIDSC_TIMEOUT` and `AbortError`.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/nf-iscsidsc-reportiscsisendtargetportalsexw
 */
export function reportIScsiSendTargetPortalsExSync(options?: SyncOptions): SendTargetPortalEx[] {
  return callSync(options, sendTargetPortalsEx);
}

export function sendTargetPortals({ library, form, decodeAnsi }: CheckedOptions): Procedure<SendTargetPortal[]> {
  const struct = TARGET_PORTAL_INFO.in(form);
  return new GrowingReply(
    library,
    {
      syscall: LIST[form],
      sizeName: 'PortalCount',
      unit: struct.size,
      arguments: ({ size, buffer }) => [size, buffer],
    },
    ({ reply, size: [count = 0] }) => struct.readHead(new Source(reply, decodeAnsi), count, 'PortalCount'),
  );
}

function sendTargetPortalsEx({ library, form, decodeAnsi }: CheckedOptions): Procedure<SendTargetPortalEx[]> {
  const struct = TARGET_PORTAL_INFO_EX.in(form);
  return new GrowingReply(
    library,
    {
      syscall: LIST_EX[form],
      sizeName: 'PortalInfoSize',
      unit: 1,
      structSize: struct.size,
      arguments: ({ count, size, buffer }) => [count, size, buffer],
    },
    ({ reply, count: [count = 0] }) =>
      struct.readHead(new Source(reply, decodeAnsi), count, 'PortalCount') as SendTargetPortalEx[],
  );
}
