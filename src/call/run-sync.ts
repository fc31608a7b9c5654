import type { Procedure } from './procedure.js';
import { type OnWarning, tellWarning } from './warning.js';

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
