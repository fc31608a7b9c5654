import type { Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';

/** What happens to a call: it answers a status and does nothing, or it throws. Else it is made. */
export type Disturbance = { readonly status: number } | { readonly error: Error } | undefined;

type Done = (error: Error | null, status: number) => void;

/** A library that asks before each async call what becomes of it. Calls are numbered from 1. */
export function disturbed(library: Library, before: (call: number, name: ExportName) => Disturbance): Library {
  let calls = 0;
  const func = (name: ExportName) => {
    const native = library.func(name) as NativeFunction;
    const async = (...argsAndDone: unknown[]) => {
      const done = argsAndDone.at(-1) as Done;
      const happens = before(++calls, name);
      if (happens === undefined) native.async(...(argsAndDone as Parameters<NativeFunction['async']>));
      else if ('status' in happens) setImmediate(() => done(null, happens.status));
      else throw happens.error;
    };
    return Object.assign((...args: Parameters<NativeFunction>) => native(...args), { async });
  };
  return {
    name: 'disturbed',
    func: func as unknown as Library['func'],
    decodeAnsi: bytes => library.decodeAnsi(bytes),
    encodeAnsi: text => library.encodeAnsi(text),
    windowsFunc: name => {
      if (library.windowsFunc === undefined) throw new Error(`${library.name} has no functions of Windows`);
      return library.windowsFunc(name);
    },
  };
}
