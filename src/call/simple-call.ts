import { hasWorked } from '../native/status.js';
import type { NativeCall, Procedure } from './procedure.js';
import { statusError } from './status-error.js';

/** A call whose answer has a fixed size, or none. */
export function* simpleCall(call: NativeCall): Procedure<void> {
  const status = yield call;
  if (!hasWorked(status)) throw statusError(status, call);
}
