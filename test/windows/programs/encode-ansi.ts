import { systemLibrary } from 'iscsidsc/raw';

// Prints the bytes of each text in the active code page, or the code of the error that refuses it.
const { encodeAnsi, decodeAnsi } = systemLibrary();
const texts: string[] = JSON.parse(process.argv[2] as string);
process.stdout.write(
  JSON.stringify(
    texts.map(text => {
      try {
        const bytes = encodeAnsi(text);
        return decodeAnsi(bytes) === text ? Buffer.from(bytes).toString('hex') : 'another text';
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    }),
  ),
);
