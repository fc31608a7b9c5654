import type { Library, WindowsFunction, WindowsFunctionName, WindowsResult } from 'iscsidsc';

type Done = (error: Error | null, result: WindowsResult) => void;

interface AnyFunction {
  (...args: unknown[]): WindowsResult;
  async(...argsAndDone: unknown[]): void;
}

const OPENS: readonly WindowsFunctionName[] = ['CreateFileW', 'FindFirstVolumeW', 'OpenSCManagerW', 'OpenServiceW'];
const CLOSES: readonly WindowsFunctionName[] = ['CloseHandle', 'FindVolumeClose', 'CloseServiceHandle'];

/** The handles of Windows that a library has opened and not closed. */
export class OpenHandles {
  count = 0;

  /** The same library, of which the async calls are counted. */
  of(library: Library): Library {
    const windowsFunc = (name: WindowsFunctionName) => {
      const fn = library.windowsFunc?.(name) as unknown as AnyFunction;
      const change = OPENS.includes(name) ? 1 : CLOSES.includes(name) ? -1 : 0;
      const async = (...argsAndDone: unknown[]) => {
        const done = argsAndDone.at(-1) as Done;
        fn.async(...argsAndDone.slice(0, -1), (error: Error | null, result: WindowsResult) => {
          // A handle is -1 and a BOOL is 0 where a function has failed.
          if (!error && result.value > 0n) this.count += change;
          done(error, result);
        });
      };
      return Object.assign((...args: unknown[]) => fn(...args), { async }) as unknown as WindowsFunction;
    };
    return {
      name: library.name,
      func: library.func.bind(library) as Library['func'],
      decodeAnsi: bytes => library.decodeAnsi(bytes),
      encodeAnsi: text => library.encodeAnsi(text),
      windowsFunc: windowsFunc as NonNullable<Library['windowsFunc']>,
    };
  }
}
