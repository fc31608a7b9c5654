import { type Check, checkMembers, wholeNumber } from '../arguments.js';
import { type ExportName, parametersOf } from '../native/functions.js';
import { statusOf } from '../native/status.js';
import { FAULTS, type Fault } from './faults.js';
import type { Arrangement } from './image.js';

/** How the simulated initiator departs from a well-behaved one. Sizes are in bytes. */
export interface Behaviour extends Arrangement {
  /**
   * Every call answers this and does nothing: a name such as `ISDSC_SERVICE_NOT_RUNNING`, or a number. With a warning,
   * `ISDSC_OPERATION_NOT_ALL_SUCCESS` for instance, it does what it was asked.
   */
  status?: string | number;
  /** Every call takes so many milliseconds longer. */
  delayMs?: number;
  /** So many sessions are added after each answer that the buffer is too small. */
  grow?: number;
  /** `grow` stops after so many times. */
  growTimes?: number;
  /** Asks for more than needed. */
  slack?: number;
  /** Asks for just so much, whatever is needed. */
  askExactly?: number;
  /** Reports more used than there is, but never more than was given. */
  reportSlack?: number;
  /** The status that says that the buffer is too small, in place of 122. */
  insufficient?: number;
  /** Answers 998 to a buffer larger than this. */
  refuseAbove?: number;
  /** Gives a reply that cannot be right. */
  fault?: Fault;
  /** So many milliseconds after the first call, sessions get their devices. */
  devicesAfterMs?: number;
  /** The first so many questions for devices are answered `ISDSC_SESSION_BUSY`. */
  deviceBusy?: number;
  /** The first so many logouts are refused with `ISDSC_DEVICE_BUSY_ON_SESSION`. */
  veto?: number;
  /** Exports that this Windows does not have. */
  missing?: readonly ExportName[];
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
  fault: [`one of ${FAULTS.join(', ')}`, value => FAULTS.includes(value as Fault)],
  order: ["'forward' or 'backward'", value => value === 'forward' || value === 'backward'],
  devicesAfterMs: wholeNumber(2 ** 31 - 1),
  deviceBusy: wholeNumber(),
  veto: wholeNumber(),
  missing: [
    'an array of names of exports',
    value => Array.isArray(value) && value.every(name => parametersOf(String(name)) !== undefined),
  ],
  odd: ['true or false', value => typeof value === 'boolean'],
};

export function checkBehaviour(behaviour: Behaviour): Behaviour {
  return { ...checkMembers('behaviour', behaviour, CHECKS) };
}

/** The number of a failure given as a number or by its name. */
export function statusNumber(status: unknown): number | undefined {
  if (typeof status === 'string') return statusOf(status);
  if (typeof status !== 'number') return undefined;
  const number = status >>> 0;
  // Signed numbers too, as some callers keep an HRESULT; not 0, with which the buffer would have to be filled.
  return number !== 0 && (number === status || (number | 0) === status) ? number : undefined;
}
