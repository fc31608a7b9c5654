import { BOOLEAN, type Check, checkMembers, wholeNumber } from '../arguments.js';
import type { Arrangement } from '../codec/sink.js';
import { type ExportName, parametersOf } from '../native/functions.js';
import { statusOf } from '../native/status.js';
import { FAULTS, type Fault } from './faults.js';

/** How the simulated initiator differs from a well-behaved one. Sizes are in bytes. */
export interface Behaviour extends Arrangement {
  /**
   * Every call answers this and does nothing: a name such as `ISDSC_SERVICE_NOT_RUNNING`, or a number. With a warning,
   * for example `ISDSC_OPERATION_NOT_ALL_SUCCESS`, it also does what it was asked.
   */
  status?: string | number | undefined;
  /** Every call takes this many milliseconds longer. */
  delayMs?: number | undefined;
  /** This many sessions are added after each answer that the buffer is too small. */
  grow?: number | undefined;
  /** `grow` stops after this many times. */
  growTimes?: number | undefined;
  /** Asks for more than needed. */
  slack?: number | undefined;
  /** Asks for exactly this much, whatever is needed. */
  askExactly?: number | undefined;
  /** Reports more used than there is, but never more than was given. */
  reportSlack?: number | undefined;
  /** The status that says that the buffer is too small, in place of 122. */
  insufficient?: number | undefined;
  /** Answers 998 to a buffer larger than this. */
  refuseAbove?: number | undefined;
  /** An empty list of persistent logins is answered with 122 and a size of 0, as some versions of Windows do. */
  emptyNeedsNothing?: boolean | undefined;
  /** Answers with a reply that cannot be right. */
  fault?: Fault | undefined;
  /** A session gets its devices this many milliseconds after its login: when it was added to the simulator. */
  devicesAfterMs?: number | undefined;
  /** The first N queries for devices answer `ISDSC_SESSION_BUSY`. */
  deviceBusy?: number | undefined;
  /** The first N logouts answer `ISDSC_DEVICE_BUSY_ON_SESSION`. */
  veto?: number | undefined;
  /** Exports that this Windows does not have. */
  missing?: readonly ExportName[] | undefined;
}

const CHECKS: Readonly<Record<keyof Behaviour, Check>> = {
  status: ['the number of a status other than 0, or the name of one', value => statusNumber(value) !== undefined],
  delayMs: wholeNumber(2 ** 31 - 1),
  grow: wholeNumber(),
  growTimes: wholeNumber(),
  slack: wholeNumber(),
  askExactly: wholeNumber(0xffffffff),
  reportSlack: wholeNumber(),
  insufficient: wholeNumber(0xffffffff),
  refuseAbove: wholeNumber(),
  emptyNeedsNothing: BOOLEAN,
  fault: [`one of ${FAULTS.join(', ')}`, value => FAULTS.includes(value as Fault)],
  order: ["'forward' or 'backward'", value => value === 'forward' || value === 'backward'],
  devicesAfterMs: wholeNumber(2 ** 31 - 1),
  deviceBusy: wholeNumber(),
  veto: wholeNumber(),
  missing: [
    'an array of names of exports',
    value => Array.isArray(value) && value.every(name => parametersOf(String(name)) !== undefined),
  ],
  odd: BOOLEAN,
};

/** A frozen copy. Throws `ERR_ISCSIDSC_INVALID_ARGUMENT`. */
export function checkBehaviour(behaviour: Behaviour): Behaviour {
  const { missing, ...rest } = checkMembers('behaviour', behaviour, CHECKS);
  return Object.freeze({ ...rest, ...(missing && { missing: Object.freeze([...missing]) }) });
}

/** The number of a failure given as a number or by its name. */
export function statusNumber(status: unknown): number | undefined {
  if (typeof status === 'string') return statusOf(status);
  if (typeof status !== 'number') return undefined;
  const number = status >>> 0;
  // Signed numbers too, as some callers keep an HRESULT; not 0, with which the buffer would have to be filled.
  return number !== 0 && (number === status || (number | 0) === status) ? number : undefined;
}
