import type { ReportedLun } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { type Column, formatTable } from '../../terminal/table.js';
import { namedSession, SESSION_OPERAND, SESSION_SYNOPSIS, SESSION_TARGET } from '../sessions/session-argument.js';

const COLUMNS: readonly Column<ReportedLun>[] = [
  { heading: 'LUN', values: ({ lun }) => [lun === null ? '(several levels)' : String(lun)] },
  { heading: 'BYTES', values: ({ targetLun }) => [targetLun] },
];

export const scsiLuns = defineCommand({
  name: 'scsi luns',
  summary: 'Ask the target of a session for its LUNs',
  description: 'A LUN that Windows has no disk of was mapped after the login.',
  operands: SESSION_OPERAND,
  options: SESSION_TARGET,
  synopsis: SESSION_SYNOPSIS,
  example: 'scsi luns --target iqn.2005-10.org.example.nas:backup',
  async run(input, context) {
    const { iscsidsc, options } = context;
    const { sessionId } = await namedSession(input, context);
    return (await iscsidsc.sendScsiReportLuns(sessionId, options)).luns;
  },
  format: (luns, format) => (luns.length === 0 ? 'The target has no LUNs.\n' : formatTable(COLUMNS, luns, format)),
});
