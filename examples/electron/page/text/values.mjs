const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `2 TiB`, `1.5 GiB`: in the units of Windows' own disk management, which calls them GB and TB. */
export function sizeText(bytes) {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 2 ** (10 * power);
  return `${value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 })} ${UNITS[power]}`;
}

const ISCSI_PORT = 3260;

/** `10.0.0.10`, `[fd00::10]:3261`: as it can be typed, without the usual port. */
export function portalText({ address, socket }) {
  if (!address) return 'any portal';
  if (socket === ISCSI_PORT) return address;
  return address.includes(':') ? `[${address}]:${socket}` : `${address}:${socket}`;
}

/** The other end of a connection. */
export function connectionText({ targetAddress, targetSocket }) {
  return portalText({ address: targetAddress ?? '(no address)', socket: targetSocket });
}

/** `E:`, `C:\mnt\data`. */
export function pathText(path) {
  return path.replace(/\\$/, '');
}

/** `1 disk`, `2 disks`. */
export function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** `just now`, `40 seconds ago`, `3 minutes ago`. */
export function ageText(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${seconds} seconds ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${counted(minutes, 'minute')} ago`;
  return `${counted(Math.floor(minutes / 60), 'hour')} ago`;
}

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** `14:05:09`, as the user's system writes it. */
export function timeText(milliseconds) {
  return time.format(milliseconds);
}

/** `backup-host`, or bytes that are no text in hexadecimal. */
export function userText(username) {
  if (typeof username === 'string') return username;
  return Array.from(username, byte => byte.toString(16).padStart(2, '0')).join(' ');
}

/** How somebody proves who he is. */
export function signInText({ authType = 'none', username }) {
  if (authType === 'none') return 'none';
  const kind = authType === 'mutualChap' ? 'mutual CHAP' : authType === 'chap' ? 'CHAP' : `type ${authType}`;
  return username === undefined ? kind : `${kind}, ${userText(username)}`;
}
