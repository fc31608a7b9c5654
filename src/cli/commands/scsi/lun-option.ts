import type { LunInput, ReportedLun } from '../../../index.js';
import { MOST_LUN } from '../../../lun.js';
import type { ValueType } from '../../options/parse.js';

// All digits: '0x1' could be meant for the number 1, and is another LUN.
const BYTES = /^0x([0-9a-f]{16})$/i;

export const LUN: ValueType<LunInput> = {
  placeholder: 'LUN',
  expected: `a whole number from 0 to ${MOST_LUN}, or 0x and 16 digits as 'iscsidsc scsi luns' prints them`,
  read(text) {
    if (/^\d{1,5}$/.test(text)) return Number(text) <= MOST_LUN ? Number(text) : undefined;
    return BYTES.exec(text)?.[1];
  },
};

/** How a command prints a LUN, and takes it. One of several levels has no number. */
export function lunText({ lun, targetLun }: ReportedLun): string {
  return lun === null ? `0x${targetLun.padStart(16, '0')}` : String(lun);
}

/** Which LUN of a session is meant. */
export const LUN_OPTION = {
  lun: { help: "The LUN: 'iscsidsc scsi luns' lists them", type: LUN, default: '0' },
} as const;
