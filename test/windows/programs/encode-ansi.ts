import { systemLibrary } from 'iscsidsc/raw';
import koffi from 'koffi';

/** What became of a text: its bytes and what they are as text again, or the code of the error. */
export type Encoded = { readonly hex: string; readonly decoded: string } | { readonly code: string };

// Prints the active code page, and what encodeAnsi makes of the texts that are given as JSON.
const texts = JSON.parse(process.argv[2] as string) as string[];
const library = systemLibrary();
const getAcp = koffi.load('kernel32.dll').func('__stdcall', 'GetACP', 'uint32', []);
process.stdout.write(JSON.stringify({ codePage: getAcp(), encoded: texts.map(encoded) }));

function encoded(text: string): Encoded {
  try {
    const bytes = library.encodeAnsi(text);
    return { hex: Buffer.from(bytes).toString('hex'), decoded: library.decodeAnsi(bytes) };
  } catch (error) {
    return { code: (error as { code: string }).code };
  }
}
