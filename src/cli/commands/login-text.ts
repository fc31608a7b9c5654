import type { ReportedLoginOptions, SendTargetPortalEx, TargetPortal } from '../../index.js';
import { formatPortal } from '../../portal.js';
import type { Column } from '../terminal/table.js';

const ANY_PORT_NUMBER = 0xffffffff;

/** Where a login goes to: without an address, Windows chooses. */
export function portalText({ address, socket }: Pick<TargetPortal, 'address' | 'socket'>): string {
  return address === '' ? 'any' : formatPortal(address, socket);
}

/** Where a login comes from: `any`, or an HBA instance with the number of one of its addresses. */
export function initiatorText(instance: string, portNumber: number): string {
  const port = portNumber === ANY_PORT_NUMBER ? '' : `, port ${portNumber}`;
  return `${instance || 'any'}${port}`;
}

/** The CHAP user, if CHAP is used. */
export function chapUsers({ authType, username }: ReportedLoginOptions): string[] {
  const isChap = authType === 'chap' || authType === 'mutualChap';
  if (username === undefined && !isChap) return [];
  const name = typeof username === 'string' ? username : hexadecimal(username);
  return [`${name || '(node name)'}${authType === 'mutualChap' ? ' (mutual)' : ''}`];
}

type Login = Pick<SendTargetPortalEx, 'loginOptions' | 'securityFlags'>;

/** The columns for how Windows logs in, if any login of the table has something to say of it. */
export const LOGIN_COLUMNS: readonly Column<Login>[] = [
  {
    heading: 'CHAP USER',
    values: ({ loginOptions }) => chapUsers(loginOptions),
    place: { where: 'beneath', when: 'narrow', label: 'CHAP user' },
    optional: true,
  },
  { heading: 'FLAGS', values: loginFlags, place: { where: 'beneath', when: 'narrow' }, optional: true },
];

export const INSTANCE_COLUMN = {
  heading: 'INSTANCE',
  place: { where: 'beneath', when: 'narrow', label: 'instance' },
} as const;

/** What else is set: flags, digests. */
export function loginFlags({ loginOptions: { loginFlags, headerDigest, dataDigest }, securityFlags }: Login): string[] {
  return [
    ...loginFlags.map(String),
    ...securityFlags.map(flag => `IPsec ${flag}`),
    ...(headerDigest === undefined ? [] : [`header digest ${headerDigest}`]),
    ...(dataDigest === undefined ? [] : [`data digest ${dataDigest}`]),
  ];
}

function hexadecimal(bytes: Uint8Array | undefined): string {
  return bytes && bytes.length > 0 ? `0x${Buffer.from(bytes).toString('hex')}` : '';
}
