/** The SHA-256 digest of text or bytes, in hexadecimal. */
export function digestOf(data: string | Uint8Array): string {
  // An import of node:crypto takes a good part of the time of the simulator's own, and most programs need no digest.
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(data).digest('hex');
}
