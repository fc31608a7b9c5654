import type { ValueType } from '../../options/parse.js';

const MOST = 16383;

const LUN: ValueType<number> = {
  placeholder: 'LUN',
  expected: `a whole number from 0 to ${MOST}`,
  read: text => (/^\d{1,5}$/.test(text) && Number(text) <= MOST ? Number(text) : undefined),
};

/** Which LUN of a session is meant. */
export const LUN_OPTION = {
  lun: { help: "The number of the LUN: 'iscsidsc scsi luns' lists them", type: LUN, default: '0' },
} as const;
