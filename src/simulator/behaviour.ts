import { type Check, checkMembers, wholeNumber } from '../arguments.js';
import { statusOf } from '../native/status.js';
import type { Arrangement } from './image.js';
import { LIES, type Lie } from './lies.js';

/** How the simulated initiator departs from a well-behaved one. Sizes are in bytes. */
export interface Behaviour extends Arrangement {
  /** Every call answers this and does nothing: a name such as `ISDSC_SERVICE_NOT_RUNNING`, or a number. */
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
  lie?: Lie;
}

const CHECKS: Readonly<Record<keyof Behaviour, Check>> = {
  status: ['a status number or the name of a status', value => statusNumber(value) !== undefined],
  delayMs: wholeNumber(2 ** 31 - 1),
  grow: wholeNumber(),
  growTimes: wholeNumber(),
  slack: wholeNumber(),
  askExactly: wholeNumber(0xffffffff),
  reportSlack: wholeNumber(),
  insufficient: wholeNumber(0xffffffff),
  refuseAbove: wholeNumber(),
  lie: [`one of ${LIES.join(', ')}`, value => LIES.includes(value as Lie)],
  order: ["'forward' or 'backward'", value => value === 'forward' || value === 'backward'],
  odd: ['true or false', value => typeof value === 'boolean'],
};

export function checkBehaviour(behaviour: Behaviour): Behaviour {
  return { ...checkMembers('behaviour', behaviour, CHECKS) };
}

/** The number of a status given as a number or by its name. */
export function statusNumber(status: unknown): number | undefined {
  if (typeof status === 'string') return statusOf(status);
  return Number.isInteger(status) ? (status as number) >>> 0 : undefined;
}
