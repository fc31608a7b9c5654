import { AbortError, IscsidscError, type Pending } from '../errors.js';
import type { Turn } from '../native/call-trace.js';
import { isTraced, tracedCaller } from '../native/trace.js';
import { type Gate, isSlowCall } from './gate.js';
import { GrowingReply } from './growing-reply.js';
import type { NativeCall, Pause, PausingProcedure, Procedure } from './procedure.js';
import { type OnWarning, tellWarning } from './status.js';

/** How long to wait for an answer. */
export interface Deadline {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
}

/** Makes the calls of a procedure on this thread. */
export function runSync<Result>(procedure: Procedure<Result>, onWarning: OnWarning | undefined): Result {
  if (procedure instanceof GrowingReply) return procedure.runAll(onWarning);
  const steps = procedure[Symbol.iterator]();
  let step = steps.next();
  while (!step.done) {
    const call = step.value;
    let status: number;
    try {
      status = call.run();
    } catch (error) {
      step = thrownInto(steps, error);
      continue;
    }
    try {
      tellWarning(call, status, onWarning);
    } catch (error) {
      closeSteps(steps);
      throw error;
    }
    step = steps.next(status);
  }
  return step.value;
}

type Steps<Call, Result> = Iterator<Call, Result, number>;

/** The procedure may have memory to wipe. */
function thrownInto<Call, Result>(steps: Steps<Call, Result>, error: unknown): IteratorResult<Call, Result> {
  if (steps.throw === undefined) throw error;
  return steps.throw(error);
}

/** Runs the `finally` of a procedure that is left in the middle. */
function closeSteps(steps: Steps<unknown, unknown>): void {
  steps.return?.(undefined);
}

type Step<Result> = IteratorResult<NativeCall | Pause, Result>;

/**
 * Makes the calls of a procedure off this thread. A native call cannot be cancelled: when the deadline passes, the
 * promise rejects at once, and the call that runs is left to return in its own time. Its answer is dropped, and the
 * procedure is closed then.
 */
export function runAsync<Result>(
  gate: Gate,
  procedure: PausingProcedure<Result>,
  { signal, timeoutMs }: Deadline,
  onWarning: OnWarning | undefined,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(new AbortError(signal.reason, 'notStarted'));
    const steps = procedure[Symbol.iterator]();
    const caller = tracedCaller();
    let over = false;
    let pending: Pending = 'notStarted';
    let syscall: string | undefined;
    let inProcedure = false;
    let stopWaiting = () => {};
    let comeBack = () => {};
    let timer: NodeJS.Timeout | undefined;
    let pauseTimer: NodeJS.Timeout | undefined;

    const finish = () => {
      over = true;
      clearTimeout(timer);
      clearTimeout(pauseTimer);
      signal?.removeEventListener('abort', onAbort);
    };
    // What runs uses the memory until it returns: the procedure is closed then.
    const close = () => {
      if (pending !== 'running' && !inProcedure) closeSteps(steps);
    };
    const giveUp = (error: Error) => {
      // The promise first: nothing that throws below may leave it pending.
      reject(error);
      finish();
      stopWaiting();
      if (pending === 'running') comeBack = gate.abandon();
      close();
    };
    const onAbort = () => giveUp(new AbortError(signal?.reason, pending, syscall));
    const onTimeout = () => giveUp(timeoutError(syscall, timeoutMs, pending));

    const advance = (next: () => Step<Result>) => {
      let step: Step<Result>;
      inProcedure = true;
      try {
        step = next();
      } catch (error) {
        reject(error);
        finish();
        return closeSteps(steps);
      } finally {
        inProcedure = false;
      }
      // The library, or who was notified of a warning, can have aborted meanwhile.
      if (over) return close();
      if (step.done) {
        resolve(step.value as Result);
        finish();
      } else if ('pauseMs' in step.value) pause(step.value);
      else call(step.value);
    };
    const pause = ({ pauseMs }: Pause) => {
      pauseTimer = setTimeout(() => advance(() => steps.next(0)), pauseMs);
    };
    const call = (native: NativeCall) => {
      syscall = native.syscall;
      const lane = gate.lane(native);
      const turn: Turn | undefined = isTraced()
        ? {
            lane: isSlowCall(native) ? 'slow' : 'quick',
            queuedAt: performance.now(),
            caller,
            isAbandoned: () => over,
          }
        : undefined;
      const stop = lane.enter(() => {
        if (over) return lane.leave();
        pending = 'running';
        let returned = false;
        start(native, turn, (error, status) => {
          // A library that answers twice must not free two places, nor go on while the next call runs.
          if (returned) return;
          returned = true;
          // Up to here the callback has kept the memory of the call alive.
          pending = 'betweenAttempts';
          lane.leave();
          if (over) {
            comeBack();
            return close();
          }
          if (error) return advance(() => thrownInto(steps, error));
          advance(() => {
            // What onWarning throws is not for the procedure: it would try again, or go on without a part.
            tellWarning(native, status, onWarning);
            return steps.next(status);
          });
        });
      });
      stopWaiting = stop;
    };

    signal?.addEventListener('abort', onAbort, { once: true });
    if (timeoutMs !== undefined) timer = setTimeout(onTimeout, timeoutMs);
    advance(() => steps.next(0));
  });
}

function start(call: NativeCall, turn: Turn | undefined, done: (error: Error | null, status: number) => void): void {
  try {
    call.start(done, turn);
  } catch (error) {
    done(error as Error, 0);
  }
}

/** What a timeout says of the native call. */
export const TIMEOUT_HINTS: Readonly<Record<Pending, string>> = {
  notStarted: 'No native call was made: it still waited for its turn.',
  running: 'The native call still runs, because Windows cannot cancel it: what it was asked to do may still happen.',
  betweenAttempts: 'No native call runs: the next attempt was not made.',
};

function timeoutError(syscall: string | undefined, timeoutMs: number | undefined, pending: Pending): IscsidscError {
  return new IscsidscError('ERR_ISCSIDSC_TIMEOUT', `The initiator did not answer within ${timeoutMs} ms.`, {
    hint: TIMEOUT_HINTS[pending],
    pending,
    syscall,
  });
}
