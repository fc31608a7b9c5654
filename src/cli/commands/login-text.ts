import type { ReportedLoginOptions, SendTargetPortalEx, TargetPortal } from '../../index.js';
import { formatPortal } from '../../portal.js';

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

/** What else is set: flags, digests. */
export function loginFlags({
  loginOptions: { loginFlags, headerDigest, dataDigest },
  securityFlags,
}: Pick<SendTargetPortalEx, 'loginOptions' | 'securityFlags'>): string[] {
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
