import { defineCommand } from '../../command.js';
import { formatDetails } from '../../terminal/details.js';
import { inUnit, sizeText } from '../../terminal/size.js';
import { namedSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from '../sessions/session-argument.js';
import { LUN_OPTION } from './lun-option.js';

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
