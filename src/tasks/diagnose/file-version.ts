import { readFile, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

// VS_FIXEDFILEINFO begins with these: dwSignature and dwStrucVersion. The version of the file follows.
const BEGINNING = Buffer.from('bd04effe00000100', 'hex');
const LENGTH = BEGINNING.length + 8;
const MOST_BYTES = 2 ** 24;

/**
 * The version that a DLL has in its resources, such as `10.0.20348.2849`. Null if it has none, and if there is no such
 * file or it cannot be read: what the DLL can do does not depend on it.
 *
 * https://learn.microsoft.com/windows/win32/api/verrsrc/ns-verrsrc-vs_fixedfileinfo
 */
export async function fileVersion(path: string): Promise<string | null> {
  // A library of the program can have any name.
  if (!isAbsolute(path)) return null;
  try {
    const file = await stat(path);
    if (!file.isFile() || file.size > MOST_BYTES) return null;
    return versionIn(await readFile(path));
  } catch {
    return null;
  }
}

function versionIn(bytes: Buffer): string | null {
  const at = bytes.indexOf(BEGINNING);
  if (at < 0 || at + LENGTH > bytes.length) return null;
  // Two numbers of 32 bits, each with its higher half first.
  return [10, 8, 14, 12].map(offset => bytes.readUInt16LE(at + offset)).join('.');
}
