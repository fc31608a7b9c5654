/** `10.0.0.5:3260`, `[fd00::5]:3260`. */
export function formatPortal(address: string | null, port: number): string {
  if (address === null) return `(null):${port}`;
  return address.includes(':') && !address.startsWith('[') ? `[${address}]:${port}` : `${address}:${port}`;
}
