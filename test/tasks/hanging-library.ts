import type { Library } from 'iscsidsc';
import type { ExportName, NativeFunction } from 'iscsidsc/raw';
import { windowsFunctionsOf } from '../windows-functions-of.js';

/** A library of which some calls of an export never return. `hangs` is asked at each of its calls, from 1 on. */
export function hanging(library: Library, name: ExportName, hangs: (call: number) => boolean): Library {
  let calls = 0;
  const func = (wanted: ExportName) => {
    const native = library.func(wanted) as NativeFunction;
    if (wanted !== name) return native;
    const async: NativeFunction['async'] = (...args) => {
      if (!hangs(++calls)) native.async(...args);
    };
    return Object.assign((...args: Parameters<NativeFunction>) => native(...args), { async });
  };
  return {
    name: 'hanging',
    func: func as Library['func'],
    decodeAnsi: bytes => library.decodeAnsi(bytes),
    encodeAnsi: text => library.encodeAnsi(text),
    ...windowsFunctionsOf(library),
  };
}
