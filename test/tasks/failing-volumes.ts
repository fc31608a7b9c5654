import type { Library, WindowsFunctionName } from 'iscsidsc';

const ERROR_ACCESS_DENIED = 5;

/** A library whose machine does not tell its volumes. */
export function failingVolumes(library: Library): Library {
  const refused = { value: -1n, lastError: ERROR_ACCESS_DENIED };
  const fails = Object.assign(() => refused, {
    async: (...args: unknown[]) =>
      setImmediate(() => (args.at(-1) as (error: null, result: typeof refused) => void)(null, refused)),
  });
  return {
    name: 'failing volumes',
    func: library.func.bind(library) as Library['func'],
    decodeAnsi: bytes => library.decodeAnsi(bytes),
    encodeAnsi: text => library.encodeAnsi(text),
    windowsFunc: ((name: WindowsFunctionName) =>
      name === 'FindFirstVolumeW' ? fails : library.windowsFunc?.(name)) as NonNullable<Library['windowsFunc']>,
  };
}
