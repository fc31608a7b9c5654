import { ISCSI_PORT, type Portal, parsePortal } from '../../portal.js';
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

/** The same for a wait, which can be none. */
export const SECONDS_OR_0: ValueType<number> = {
  placeholder: 'SECONDS',
  expected: `a number of seconds from 0 to ${MOST_SECONDS}`,
  read: text => (DECIMAL.test(text) && Number(text) === 0 ? 0 : SECONDS.read(text)),
};

const MOST_TIMES = 1000;

export const COUNT: ValueType<number> = {
  placeholder: 'N',
  expected: `a whole number from 0 to ${MOST_TIMES}`,
  read: text => (/^\d+$/.test(text) && Number(text) <= MOST_TIMES ? Number(text) : undefined),
};

export const PORTAL: ValueType<Portal> = {
  placeholder: 'ADDR[:PORT]',
  expected: 'an address such as 10.0.0.5, 10.0.0.5:3260, fd00::5 or [fd00::5]:3260',
  read: parsePortal,
};

export const ANY_PORT_NUMBER = 0xffffffff;

/** The number of a local address of an HBA instance. */
export const PORT_NUMBER: ValueType<number> = {
  placeholder: 'N',
  expected: `a whole number from 0 to ${ANY_PORT_NUMBER - 1}, or any`,
  read(text) {
    if (text === 'any') return ANY_PORT_NUMBER;
    return /^\d+$/.test(text) && Number(text) < ANY_PORT_NUMBER ? Number(text) : undefined;
  },
};

/** The name of an HBA instance. Empty for any, as Windows reports it. */
export const INSTANCE: ValueType<string> = {
  placeholder: 'NAME',
  expected: 'the name of an instance such as ROOT\\ISCSIPRT\\0000_0, or any',
  read: text => (text === 'any' ? '' : text || undefined),
};

/** Any text that is not empty. */
export function text(placeholder: string, expected: string): ValueType<string> {
  return { placeholder, expected, read: given => given || undefined };
}

/** The same for the library. */
export function targetPortalOf({ address, port = ISCSI_PORT }: Portal): { address: string; socket: number } {
  return { address, socket: port };
}

/** One of a few words. */
export function oneOf<const Word extends string>(placeholder: string, words: readonly Word[]): ValueType<Word> {
  return {
    placeholder,
    expected: `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
    read: text => words.find(word => word === text),
  };
}

export const TARGET = text('IQN', 'the name of a target');

/** The same where something else can stand, too: a name says what it is by how it begins. */
export const TARGET_AMONG_OTHERS: ValueType<string> = {
  placeholder: 'IQN',
  expected: 'the name of a target, which begins with iqn, eui or naa',
  read: given => (/^(iqn|eui|naa)\../i.test(given) ? given : undefined),
};

export const FILE = text('FILE', "the name of a file, or '-' for stdin");
