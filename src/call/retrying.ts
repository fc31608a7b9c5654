import { IscsiError } from '../errors.js';
import type { PatientProcedure, Procedure } from './procedure.js';

/** How often and after what time to try again while a session is busy. */
export interface Retry {
  retries: number;
  retryDelayMs: number;
}

const BUSY = ['ISDSC_SESSION_BUSY', 'ISDSC_DEVICE_BUSY_ON_SESSION'];

/** Starts over while the session is busy, which passes as a rule. */
export function* retryingWhileBusy<Result>(
  procedure: () => Procedure<Result>,
  { retries, retryDelayMs }: Retry,
): PatientProcedure<Result> {
  for (let left = retries; ; left--) {
    try {
      return yield* procedure();
    } catch (error) {
      if (left === 0 || !(error instanceof IscsiError) || !BUSY.includes(error.code)) throw error;
    }
    yield { pauseMs: retryDelayMs };
  }
}
