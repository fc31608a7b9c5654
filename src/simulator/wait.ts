/** Thrown by an answer that takes its time: the call is made again after it. */
export class Wait {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }
}

// How many waits of the call that is being answered are over: all between is synchronous.
let over = Number.POSITIVE_INFINITY;

/** Lets the call take this long. What a call changes, it changes at the end, or it can do it again. */
export function passTime(ms = 0): void {
  if (ms > 0 && over-- <= 0) throw new Wait(ms);
}

/** Does what takes no time of the call that is being answered. */
export function inNoTime(action: () => void): void {
  const before = over;
  over = Number.POSITIVE_INFINITY;
  try {
    action();
  } finally {
    over = before;
  }
}

/** Answers a call of which this many waits are over. */
export function afterWaits<Result>(waits: number, answer: () => Result): Result {
  over = waits;
  try {
    return answer();
  } finally {
    over = Number.POSITIVE_INFINITY;
  }
}
