import type { ExportName, NativeFunction } from './functions.js';

export type Args = Parameters<NativeFunction>;
export type Done = (error: Error | null, status: number) => void;

/** A function in the shape of an export, made of its two ways to be called. */
export function nativeFunction<Name extends ExportName>(
  run: (args: Args) => number,
  start: (args: Args, done: Done) => void,
): NativeFunction<Name> {
  const sync = (...args: Args): number => run(args);
  const async = (...argsAndDone: [...Args, Done]): void =>
    start(argsAndDone.slice(0, -1) as Args, argsAndDone.at(-1) as Done);
  return Object.assign(sync, { async }) as unknown as NativeFunction<Name>;
}
