import type { Procedure } from './procedure.js';

/** Makes the calls of a procedure on this thread. */
export function runSync<Result>(procedure: Procedure<Result>): Result {
  let step = procedure.next();
  while (!step.done) step = procedure.next(step.value.run());
  return step.value;
}
