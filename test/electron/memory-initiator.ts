import * as iscsidsc from 'iscsidsc';
import type { InitiatorProcess } from 'iscsidsc/process';
import type { Simulator } from 'iscsidsc/simulator';

type AnyFunction = (...args: unknown[]) => unknown;

/** What `createInitiatorProcess` returns, without a process: each function calls the library in this one. */
export function memoryInitiator(library: Simulator): InitiatorProcess {
  const dispose = async () => {};
  const functions = Object.entries(iscsidsc as Record<string, unknown>).flatMap(([name, value]) =>
    typeof value === 'function' && /^[a-z]/.test(name) ? [[name, withLibrary(value as AnyFunction, library)]] : [],
  );
  return { ...Object.fromEntries(functions), dispose, [Symbol.asyncDispose]: dispose };
}

/** The options are the last parameter. */
function withLibrary(call: AnyFunction, library: Simulator): AnyFunction {
  return (...args) => {
    const given = args.slice(0, call.length - 1);
    return call(...given, { ...(args[call.length - 1] as object), library });
  };
}
