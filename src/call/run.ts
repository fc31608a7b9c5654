import { AbortError, IscsidscError } from '../errors.js';
import type { Gate } from './gate.js';
import type { NativeCall, Pause, PausingProcedure, Procedure } from './procedure.js';
import { type OnWarning, tellWarning } from './status.js';

/** Makes the calls of a procedure on this thread. */
export function runSync<Result>(procedure: Procedure<Result>, onWarning: OnWarning | undefined): Result {
  let step = procedure.next();
  while (!step.done) {
    const call = step.value;
    const status = call.run();
    tellWarning(call, status, onWarning);
    step = procedure.next(status);
  }
  return step.value;
}

/** How long to wait for an answer. */
export interface Deadline {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
}

/**
 * Makes the calls of a procedure off this thread. A native call cannot be cancelled: when patience ends, the promise
 * rejects at once, the call that runs is left to return in its own time, and its answer is dropped.
 */
export function runAsync<Result>(
  gate: Gate,
  procedure: PausingProcedure<Result>,
  { signal, timeoutMs }: Deadline,
  onWarning: OnWarning | undefined,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new AbortError(signal.reason));
    let over = false;
    let syscall: string | undefined;
    let stopWaiting = () => {};
    let timer: NodeJS.Timeout | undefined;
    let pauseTimer: NodeJS.Timeout | undefined;

    const finish = (settle: () => void) => {
      over = true;
      clearTimeout(timer);
      clearTimeout(pauseTimer);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const giveUp = (error: Error) => {
      finish(() => reject(error));
      stopWaiting();
    };
    const onAbort = () => giveUp(new AbortError(signal?.reason));
    const onTimeout = () => giveUp(timeoutError(syscall, timeoutMs));

    const advance = (next: () => IteratorResult<NativeCall | Pause, Result>) => {
      if (over) return;
      let step: IteratorResult<NativeCall | Pause, Result>;
      try {
        step = next();
      } catch (error) {
        return finish(() => reject(error));
      }
      // Whoever was told of a warning can have aborted.
      if (over) return;
      if (step.done) finish(() => resolve(step.value as Result));
      else if ('pauseMs' in step.value) pause(step.value);
      else call(step.value);
    };
    const pause = ({ pauseMs }: Pause) => {
      pauseTimer = setTimeout(() => advance(() => procedure.next(0)), pauseMs);
    };
    const call = (native: NativeCall) => {
      syscall = native.syscall;
      stopWaiting = gate.enter(() => {
        if (over) return gate.leave();
        start(native, (error, status) => {
          gate.leave();
          // Up to here the callback has kept the memory of the call alive.
          advance(() => {
            if (error) return procedure.throw(error);
            tellWarning(native, status, onWarning);
            return procedure.next(status);
          });
        });
      });
    };

    signal?.addEventListener('abort', onAbort, { once: true });
    if (timeoutMs !== undefined) timer = setTimeout(onTimeout, timeoutMs);
    advance(() => procedure.next(0));
  });
}

function start(call: NativeCall, done: (error: Error | null, status: number) => void): void {
  try {
    call.start(done);
  } catch (error) {
    done(error as Error, 0);
  }
}

function timeoutError(syscall: string | undefined, timeoutMs: number | undefined): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_TIMEOUT', `The initiator has not answered within ${timeoutMs} ms.`, {
    hint: 'The call goes on in the background: Windows gives no way to cancel it. The service MSiSCSI may hang.',
    ...(syscall === undefined ? {} : { syscall }),
  });
}
