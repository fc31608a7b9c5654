/** Whether this can name a volume: a drive letter, a mount point, or `\\\\?\\Volume{...}\\`. */
export function isVolumePath(value: unknown): value is string {
  return typeof value === 'string' && /^([a-z]:([\\/]|$)|\\\\\?\\volume\{)/i.test(value);
}

/** Whether a volume has this name, or this path. */
export function isNamed({ name, paths }: { readonly name: string; readonly paths: readonly string[] }, path: string) {
  const wanted = plainPath(path);
  return [name, ...paths].some(each => plainPath(each) === wanted);
}

/** `E:` and `e:\\` are one volume. */
function plainPath(path: string): string {
  return path.replaceAll('/', '\\').replace(/\\$/, '').toLowerCase();
}
