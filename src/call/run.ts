import { AbortError, IscsidscError, type Pending } from '../errors.js';
import type { Gate } from './gate.js';
import type { NativeCall, Pause, PausingProcedure, Procedure } from './procedure.js';
import { type OnWarning, reportWarning } from './status.js';

/** Makes the calls of a procedure on this thread. */
export function runSync<Result>(procedure: Procedure<Result>, onWarning: OnWarning | undefined): Result {
  try {
    let step = procedure.next(0);
    while (!step.done) step = runCall(procedure, step.value, onWarning);
    return step.value;
  } finally {
    close(procedure);
  }
}

function runCall<Result>(
  procedure: Procedure<Result>,
  call: NativeCall,
  onWarning: OnWarning | undefined,
): IteratorResult<NativeCall, Result> {
  let status: number;
  try {
    status = call.run();
  } catch (error) {
    return procedure.throw(error);
  }
  reportWarning(call, status, onWarning);
  return procedure.next(status);
}

/** Runs the `finally` of a procedure that is left in the middle, so that it can wipe its memory. */
function close(procedure: PausingProcedure<unknown>): void {
  procedure.return(undefined);
}

/** How long to wait for an answer. */
export interface Deadline {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
}

/**
 * Makes the calls of a procedure off this thread. A native call cannot be cancelled: when the deadline ends, the promise
 * rejects at once, and the answer of the call that runs is dropped. Until that call returns, the procedure keeps the
 * memory; then it is closed.
 */
export function runAsync<Result>(
  gate: Gate,
  procedure: PausingProcedure<Result>,
  { signal, timeoutMs }: Deadline,
  onWarning: OnWarning | undefined,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new AbortError(signal.reason, 'notStarted'));
    let over = false;
    let advancing = false;
    let pending: Pending = 'notStarted';
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
      if (pending !== 'running' && !advancing) close(procedure);
    };
    const onAbort = () => giveUp(new AbortError(signal?.reason, pending));
    const onTimeout = () => giveUp(timeoutError(syscall, timeoutMs, pending));

    const advance = (next: () => IteratorResult<NativeCall | Pause, Result>) => {
      if (over) return close(procedure);
      let step: IteratorResult<NativeCall | Pause, Result>;
      advancing = true;
      try {
        step = next();
      } catch (error) {
        close(procedure);
        return finish(() => reject(error));
      } finally {
        advancing = false;
      }
      // onWarning can have aborted.
      if (over) return close(procedure);
      if (step.done) finish(() => resolve(step.value as Result));
      else if ('pauseMs' in step.value) pause(step.value);
      else call(step.value);
    };
    const pause = ({ pauseMs }: Pause) => {
      pauseTimer = setTimeout(() => advance(() => procedure.next(0)), pauseMs);
    };
    const call = (native: NativeCall) => {
      syscall = native.syscall;
      stopWaiting = gate.enter(native, leave => {
        if (over) return leave();
        pending = 'running';
        start(native, (error, status) => {
          pending = 'betweenAttempts';
          leave();
          // Up to here the callback has kept the memory of the call alive.
          advance(() => {
            if (error) return procedure.throw(error);
            reportWarning(native, status, onWarning);
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

function timeoutError(syscall: string | undefined, timeoutMs: number | undefined, pending: Pending): IscsidscError {
  const [message, hint] = {
    notStarted: [
      `No native call could be made within ${timeoutMs} ms, because earlier calls have not returned.`,
      'Nothing was done. The service MSiSCSI may hang.',
    ],
    running: [
      `The initiator has not answered within ${timeoutMs} ms.`,
      'The native call cannot be cancelled: it goes on in the background and can still take effect. The service MSiSCSI may hang.',
    ],
    betweenAttempts: [
      `No attempt has succeeded within ${timeoutMs} ms.`,
      'The native calls that were made have returned, and no other will be made. Try again later, or allow more time.',
    ],
  }[pending] as [string, string];
  return new IscsidscError('ERR_ISCSIDSC_TIMEOUT', message, { hint, syscall, pending });
}
