import { type Portal, parsePortal } from '../../portal.js';
import type { ValueType } from './parse.js';

const DECIMAL = /^(\d+\.?\d*|\.\d+)$/;
// The limit of Node's timers.
const MOST_SECONDS = 2147483;

/** `2`, `0.5`. The command line has seconds; the value is in milliseconds, as in the library. */
export const SECONDS: ValueType<number> = {
  placeholder: 'SECONDS',
  expected: `a number of seconds above 0, at most ${MOST_SECONDS}`,
  read(text) {
    const seconds = DECIMAL.test(text) ? Number(text) : 0;
    return seconds > 0 && seconds <= MOST_SECONDS ? Math.max(1, Math.round(seconds * 1000)) : undefined;
  },
};

const MOST_TIMES = 1000;

export const COUNT: ValueType<number> = {
  placeholder: 'N',
  expected: `a whole number from 0 to ${MOST_TIMES}`,
  read: text => (/^\d+$/.test(text) && Number(text) <= MOST_TIMES ? Number(text) : undefined),
};

export const TARGET: ValueType<string> = {
  placeholder: 'IQN',
  expected: 'the name of a target',
  read: text => text || undefined,
};

export const PORTAL: ValueType<Portal> = {
  placeholder: 'ADDR[:PORT]',
  expected: 'an address such as 10.0.0.5, 10.0.0.5:3260, fd00::5 or [fd00::5]:3260',
  read: parsePortal,
};

/** One of a few words. */
export function oneOf<const Word extends string>(placeholder: string, words: readonly Word[]): ValueType<Word> {
  return {
    placeholder,
    expected: `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
    read: text => words.find(word => word === text),
  };
}
