/** Where a target listens; any of its ports if that is left out. */
export interface Portal {
  readonly address: string;
  readonly port?: number;
}

/** The TCP port of iSCSI. */
export const ISCSI_PORT = 3260;

const BRACKETS = /^\[(?<address>[^[\]]+)\](?::(?<port>\d{1,5}))?$/;
const PLAIN = /^(?<address>[^\s:[\]]+)(?::(?<port>\d{1,5}))?$/;

/** `10.0.0.5:3260`, `[fd00::5]:3260`. */
export function formatPortal(address: string | null, port: number): string {
  if (address === null) return `(null):${port}`;
  return address.includes(':') && !address.startsWith('[') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Reads what `formatPortal` returns, or the address alone, IPv6 with or without brackets; else undefined. */
export function parsePortal(text: string): Portal | undefined {
  if (isIPv6(text)) return { address: text };
  const bracketed = BRACKETS.exec(text);
  const { address = '', port: digits } = (bracketed ?? PLAIN.exec(text))?.groups ?? {};
  if (bracketed ? !isIPv6(address) : address === '') return undefined;
  if (digits === undefined) return { address };
  const port = Number(digits);
  return port >= 1 && port <= 65535 ? { address, port } : undefined;
}

const IPV6 = /^[0-9a-f:.]+(?:%[-0-9a-z.:]+)?$/i;

// node:net knows too, but takes a while to load, and each import would pay for it.
function isIPv6(text: string): boolean {
  const [address = ''] = text.split('%');
  return IPV6.test(text) && URL.canParse(`http://[${address}]`);
}

interface Place {
  readonly address: string;
  readonly socket: number;
}

/** Whether two portals are at the same address and port. */
export function samePortal(one: Place, other: Place): boolean {
  return one.socket === other.socket && sameAddress(one.address, other.address);
}

/** Whether two texts are the same address. An IPv6 address can be written in many ways. */
export function sameAddress(one: string, other: string): boolean {
  return plainAddress(one) === plainAddress(other);
}

function plainAddress(address: string): string {
  const bare = address.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const url = `http://[${bare}]`;
  return bare.includes(':') && URL.canParse(url) ? new URL(url).hostname : bare;
}
