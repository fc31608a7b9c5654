import { inspect } from 'node:util';

/** A secret that is found in no other text. */
export const SECRET = 's3cr3t-Kennw0rt';
export const SECRET_BYTES = Buffer.from(SECRET);

/** Whether a text shows the secret: as text, as a Buffer or a Uint8Array is shown, or in a usual encoding. */
export function shows(text: string, secret = SECRET): boolean {
  const bytes = Buffer.from(secret);
  const separated = [' ', ', ', ','].flatMap(separator => [
    Array.from(bytes, byte => byte.toString(16)).join(separator),
    bytes.join(separator),
  ]);
  const forms = [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, ''), ...separated];
  return forms.some(form => text.toLowerCase().includes(form.toLowerCase()));
}

/** All that a log could say of an error, or of a warning. */
export function everythingOf(error: unknown): string {
  const { message, stack, cause, ...members } = Object(error) as Error;
  const inspected = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true });
  const also = cause === undefined ? '' : everythingOf(cause);
  return [message, stack, String(error), JSON.stringify(error), JSON.stringify(members), inspected, also].join('\n');
}

/** Remembers the buffers that are made while an action runs, whichever way they are made. */
export async function buffersMadeBy<Result>(
  action: (made: readonly Buffer[]) => Promise<Result>,
): Promise<readonly Buffer[]> {
  const Memory = globalThis.ArrayBuffer;
  const { alloc, allocUnsafeSlow } = Buffer;
  const made: Buffer[] = [];
  const remember = <Made extends Buffer>(buffer: Made) => {
    made.push(buffer);
    return buffer;
  };
  Buffer.alloc = (size: number) => remember(alloc(size));
  Buffer.allocUnsafeSlow = size => remember(allocUnsafeSlow(size));
  globalThis.ArrayBuffer = new Proxy(Memory, {
    construct: (target, args: [number]) => {
      const bytes = new target(...args);
      remember(Buffer.from(bytes));
      return bytes;
    },
  });
  try {
    await action(made);
  } finally {
    Object.assign(Buffer, { alloc, allocUnsafeSlow });
    globalThis.ArrayBuffer = Memory;
  }
  return made;
}

export function holdSecret(buffers: readonly Uint8Array[]): number {
  return buffers.filter(bytes => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(SECRET)).length;
}
