// Without leading zeros: some programs take such a number for an octal one.
const OCTET = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/** The 4 bytes of an IPv4 address in network order, else undefined. */
export function ipv4Bytes(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  return parts.length === 4 && parts.every(part => OCTET.test(part)) ? Uint8Array.from(parts, Number) : undefined;
}

/** The 16 bytes of an IPv6 address in network order, else undefined. An address with a zone is none. */
export function ipv6Bytes(text: string): Uint8Array | undefined {
  const url = `http://[${text}]`;
  if (!/^[0-9a-f:.]+$/i.test(text) || !URL.canParse(url)) return undefined;
  // As URL writes it: hexadecimal groups, the longest run of zeros as `::`.
  const [before = '', after] = new URL(url).hostname.slice(1, -1).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16)));
  const [head, tail] = [groups(before), groups(after ?? '')];
  const all = [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Uint8Array.from(all.flatMap(group => [group >> 8, group & 0xff]));
}
