import { defineCommand } from '../../command.js';
import { formatDetails } from '../../terminal/details.js';
import { namedSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from '../sessions/session-argument.js';
import { LUN_OPTION } from './lun-option.js';

const UNKNOWN = 'more than the disk can tell in this answer';
const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export const scsiCapacity = defineCommand({
  name: 'scsi capacity',
  summary: 'Ask a disk of a session for its capacity',
  operands: SESSION_OPERAND,
  options: { ...SESSION_TARGET, ...LUN_OPTION },
  synopsis: SESSION_SYNOPSIS,
  example: 'scsi capacity --target iqn.2005-10.org.example.nas:backup --lun 0',
  async run(input, context) {
    const { iscsidsc, options } = context;
    const { sessionId } = await namedSession(input, context);
    return await iscsidsc.sendScsiReadCapacity(sessionId, input.lun, options);
  },
  format({ blocks, blockLength, bytes }, format) {
    const fields = [
      ['Size', bytes === null ? UNKNOWN : sizeText(bytes)],
      ['Blocks', blocks === null ? UNKNOWN : String(blocks)],
      ['Block length', `${blockLength} bytes`],
    ] as const;
    return formatDetails([{ fields }], format);
  },
});

/** `1 GiB (1073741824 bytes)`. */
function sizeText(bytes: bigint): string {
  let [size, unit] = [Number(bytes), 0];
  for (; size >= 1024 && unit < UNITS.length - 1; unit++) size /= 1024;
  return unit === 0 ? `${bytes} bytes` : `${Number(size.toFixed(1))} ${UNITS[unit]} (${bytes} bytes)`;
}
