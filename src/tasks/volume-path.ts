import type { Volume } from '../api/volumes/volume.js';

/** Whether this can name a volume: a drive letter, a mount point, or `\\\\?\\Volume{...}\\`. */
export function isVolumePath(value: unknown): boolean {
  return typeof value === 'string' && /^([a-z]:([\\/]|$)|\\\\\?\\volume\{)/i.test(value);
}

/** Whether a volume has this name, or this path. */
export function isNamed({ name, paths }: Volume, path: string): boolean {
  const wanted = plainPath(path);
  return [name, ...paths].some(each => plainPath(each) === wanted);
}

/** `E:` and `e:\\` are one volume. */
function plainPath(path: string): string {
  return path.replaceAll('/', '\\').replace(/\\$/, '').toLowerCase();
}
