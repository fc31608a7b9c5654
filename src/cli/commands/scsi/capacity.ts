import { defineCommand } from '../../command.js';
import { formatDetails } from '../../terminal/details.js';
import { namedSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from '../sessions/session-argument.js';
import { LUN_OPTION } from './lun-option.js';

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];
// The answer of 8 bytes cannot tell more.
const MOST_BLOCKS = 2n ** 32n;

export const scsiCapacity = defineCommand({
  name: 'scsi capacity',
  summary: 'Ask a LUN how much it holds (READ CAPACITY)',
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
      ['Size', bytes === null ? `${inUnit(MOST_BLOCKS * BigInt(blockLength))} or more` : sizeText(bytes)],
      ['Blocks', blocks === null ? `${MOST_BLOCKS} or more` : String(blocks)],
      ['Block length', `${blockLength} bytes`],
    ] as const;
    return formatDetails([{ fields }], format);
  },
});

/** `1 GiB (1073741824 bytes)`. */
function sizeText(bytes: bigint): string {
  return bytes < 1024n ? inUnit(bytes) : `${inUnit(bytes)} (${bytes} bytes)`;
}

/** `1 GiB`. */
function inUnit(bytes: bigint): string {
  let [size, unit] = [Number(bytes), 0];
  for (; size >= 1024 && unit < UNITS.length - 1; unit++) size /= 1024;
  return `${Number(size.toFixed(1))} ${UNITS[unit]}`;
}
