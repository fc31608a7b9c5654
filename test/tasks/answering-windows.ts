import type { Library, WindowsFunctionName, WindowsResult } from 'iscsidsc';

type Answer = (...args: unknown[]) => WindowsResult | undefined;
type Done = (error: Error | null, result: WindowsResult) => void;
interface AnyFunction {
  (...args: unknown[]): WindowsResult;
  async(...argsAndDone: unknown[]): void;
}

const ERROR_ACCESS_DENIED = 5;

/** A library of which some functions of Windows besides iscsidsc.dll are answered by hand. */
export function answeringWindows(library: Library, answers: Partial<Record<WindowsFunctionName, Answer>>): Library {
  const windowsFunc = (name: WindowsFunctionName) => {
    const fn = library.windowsFunc?.(name) as unknown as AnyFunction;
    const answer = answers[name];
    if (answer === undefined) return fn;
    const async = (...argsAndDone: unknown[]) => {
      const result = answer(...argsAndDone.slice(0, -1));
      if (result === undefined) fn.async(...argsAndDone);
      else setImmediate(() => (argsAndDone.at(-1) as Done)(null, result));
    };
    return Object.assign((...args: unknown[]) => answer(...args) ?? fn(...args), { async });
  };
  return {
    name: 'answering for Windows',
    func: library.func.bind(library) as Library['func'],
    decodeAnsi: bytes => library.decodeAnsi(bytes),
    encodeAnsi: text => library.encodeAnsi(text),
    windowsFunc: windowsFunc as unknown as NonNullable<Library['windowsFunc']>,
  };
}

/** A library whose machine does not tell its volumes. */
export function failingVolumes(library: Library): Library {
  return answeringWindows(library, { FindFirstVolumeW: () => ({ value: -1n, lastError: ERROR_ACCESS_DENIED }) });
}
