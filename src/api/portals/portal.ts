import { refuseUnknown } from '../../arguments.js';
import { text } from '../../codec/fields.js';
import { unsigned } from '../../codec/numbers.js';
import { Struct } from '../../codec/struct.js';
import { invalidArgument } from '../../errors.js';
import { ISCSI_PORT, parsePortal } from '../../portal.js';

/**
 * Where a target listens.
 *
 * https://learn.microsoft.com/windows/win32/api/iscsidsc/ns-iscsidsc-iscsi_target_portalw
 */
export interface TargetPortal {
  /** Any text, which takes no part in comparing portals. */
  symbolicName: string;
  /** A DNS name, an IPv4 address, or an IPv6 address without brackets. */
  address: string;
  /** The TCP port, usually 3260. */
  socket: number;
}

/** A portal as it is given: `'10.0.0.10'`, `'10.0.0.10:3260'`, `'[fd00::10]:3260'`, or an object. */
export type PortalInput =
  | string
  | {
      /** A DNS name, an IPv4 address, or an IPv6 address without brackets; empty for any portal. */
      readonly address: string;
      /** The TCP port. Defaults to 3260. What Windows reports for any portal is 0. */
      readonly socket?: number | undefined;
      /** Defaults to none. */
      readonly symbolicName?: string | undefined;
    };

export const PORTAL_FIELDS = {
  symbolicName: text('SymbolicName'),
  address: text('Address'),
  socket: unsigned('Socket'),
};

export const TARGET_PORTAL = new Struct<TargetPortal>('ISCSI_TARGET_PORTAL#', 'TargetPortal', PORTAL_FIELDS);

const MEMBERS = ['symbolicName', 'address', 'socket'];
// A registered portal can be passed as it was reported. These are for others to read.
const REPORTED = ['initiatorName', 'initiatorPortNumber', 'securityFlags', 'loginOptions'];

/**
 * A portal as it may have been reported, with its defaults, as a struct: what is removed is named as Windows has it.
 * Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`.
 */
export function checkReportedPortal(what: string, portal: PortalInput): TargetPortal {
  if (typeof portal === 'string') {
    const { address, port = ISCSI_PORT } = parsePortal(portal) ?? refuse(what, portal);
    return { symbolicName: '', address, socket: port };
  }
  if (typeof portal !== 'object' || portal === null) return refuse(what, portal);
  refuseUnknown(what, portal, [...MEMBERS, ...REPORTED]);
  const { address, socket = ISCSI_PORT, symbolicName = '' } = portal;
  if (typeof address === 'string' && NO_HOST.test(address)) {
    throw invalidArgument('address must be a name or an address, without brackets, port and blanks', address);
  }
  return { symbolicName, address, socket };
}

/** The same for a portal that is to be reached. The port of one without an address is 0. */
export function checkPortal(what: string, portal: PortalInput): TargetPortal {
  const checked = checkReportedPortal(what, portal);
  if (checked.socket === 0 && checked.address !== '') {
    throw invalidArgument('socket must be a whole number from 1 to 65535', checked.socket);
  }
  return checked;
}

// Windows would look for a host of that name.
const NO_HOST = /^\[|^[^:]*:\d*$|\s/;

/** The same, for a function that needs to know which portal. */
export function checkOnePortal(what: string, portal: PortalInput, check = checkPortal): TargetPortal {
  const checked = check(what, portal);
  if (checked.address === '') throw invalidArgument(`${what} must have an address`, portal);
  return checked;
}

function refuse(what: string, value: unknown): never {
  throw invalidArgument(
    `${what} must be an object with an address, or text such as '10.0.0.10', '10.0.0.10:3260' or '[fd00::10]:3260'`,
    value,
  );
}
