const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** `1 GiB`. */
export function inUnit(bytes: bigint): string {
  let [size, unit] = [Number(bytes), 0];
  for (; size >= 1024 && unit < UNITS.length - 1; unit++) size /= 1024;
  return `${Number(size.toFixed(1))} ${UNITS[unit]}`;
}

/** `1 GiB (1073741824 bytes)`. */
export function sizeText(bytes: bigint): string {
  return bytes < 1024n ? inUnit(bytes) : `${inUnit(bytes)} (${bytes} bytes)`;
}
