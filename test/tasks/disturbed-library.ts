import type { Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';

/**
 * What happens to a call: it answers a status and does nothing, or it throws; or it is made, and ends with an error or a
 * warning where it has worked. Else it is made.
 */
export type Disturbance =
  | { readonly status: number }
  | { readonly error: Error }
  | { readonly afterwards: Error | number }
  | undefined;

type Done = (error: Error | null, status: number) => void;

/** A library that asks before each async call what becomes of it. Calls are numbered from 1. */
export function disturbed(library: Library, before: (call: number, name: ExportName) => Disturbance): Library {
  let calls = 0;
  const func = (name: ExportName) => {
    const native = library.func(name) as NativeFunction;
    const async = (...argsAndDone: unknown[]) => {
      const done = argsAndDone.at(-1) as Done;
      const happens = before(++calls, name);
      const make = (then: Done) =>
        native.async(...([...argsAndDone.slice(0, -1), then] as Parameters<NativeFunction['async']>));
      if (happens === undefined) make(done);
      else if ('status' in happens) setImmediate(() => done(null, happens.status));
      else if ('error' in happens) throw happens.error;
      else make((error, status) => endOf(happens.afterwards, error, status, done));
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

function endOf(afterwards: Error | number, error: Error | null, status: number, done: Done): void {
  if (error || status !== 0) done(error, status);
  else if (typeof afterwards === 'number') done(null, afterwards);
  else done(afterwards, 0);
}
