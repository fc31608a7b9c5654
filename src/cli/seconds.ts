const DECIMAL = /^(\d+\.?\d*|\.\d+)$/;
// As far as Node's timers go.
const MOST = 2147483;

/** `2`, `0.5`: in the command line time is in seconds, in the library in milliseconds. */
export const SECONDS = {
  value: 'SECONDS',
  expected: `a number of seconds above 0, at most ${MOST}`,
  read(text: string): number | undefined {
    const seconds = DECIMAL.test(text) ? Number(text) : 0;
    return seconds > 0 && seconds <= MOST ? Math.max(1, Math.round(seconds * 1000)) : undefined;
  },
};
