import { WINDOWS_SIGNATURES } from '../../header/windows.js';
import type { WindowsFunction, WindowsFunctionName, WindowsResult } from '../../native/windows-functions.js';
import type { InitiatorState } from '../state.js';

/** A function has failed: the number is for `GetLastError`. */
export class Failure {
  readonly error: number;

  constructor(error: number) {
    this.error = error;
  }
}

/** Answers a call of a function of Windows that is not of iscsidsc.dll, with what it returns. */
export type RespondAsWindows = (state: InitiatorState, ...args: unknown[]) => bigint | Failure;

/** The answers of some of these functions. */
export type WindowsAnswers = Readonly<Partial<Record<WindowsFunctionName, RespondAsWindows>>>;

const INVALID_HANDLE_VALUE = -1n;

/** A function of the simulated machine. Every call takes as long as `delayMs` says, in milliseconds. */
export function simulatedFunction(
  name: WindowsFunctionName,
  respond: (...args: unknown[]) => bigint | Failure,
  delayMs: () => number,
): WindowsFunction {
  const failed = WINDOWS_SIGNATURES[name][1] === 'HANDLE' ? INVALID_HANDLE_VALUE : 0n;
  const call = (args: readonly unknown[]): WindowsResult => {
    const answer = respond(...args);
    return answer instanceof Failure ? { value: failed, lastError: answer.error } : { value: answer, lastError: 0 };
  };
  const sync = (...args: unknown[]) => {
    const ms = delayMs();
    if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    return call(args);
  };
  const async = (...argsAndDone: unknown[]) => {
    const done = argsAndDone.at(-1) as (error: Error | null, result: WindowsResult) => void;
    const run = () => {
      let result: WindowsResult;
      try {
        result = call(argsAndDone.slice(0, -1));
      } catch (error) {
        return done(error as Error, { value: failed, lastError: 0 });
      }
      done(null, result);
    };
    const ms = delayMs();
    if (ms > 0) setTimeout(run, ms);
    else setImmediate(run);
  };
  return Object.assign(sync, { async }) as unknown as WindowsFunction;
}
