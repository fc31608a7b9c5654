import { isVolumePath } from '../../../volume-path.js';
import type { ValueType } from '../../options/parse.js';

const NUMBER = /^(?:\\\\\.\\PhysicalDrive)?(\d{1,9})$/i;

/** A disk by its number or by a volume on it. */
export const DISK: ValueType<{ readonly deviceNumber: number } | { readonly volume: string }> = {
  placeholder: 'DISK',
  expected: 'the number of a disk, or a volume on it such as E:',
  read(text) {
    const [, number] = NUMBER.exec(text) ?? [];
    if (number !== undefined) return { deviceNumber: Number(number) };
    return isVolumePath(text) ? { volume: text } : undefined;
  },
};
