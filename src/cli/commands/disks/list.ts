import type { DiskDescription } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { inUnit } from '../../terminal/size.js';
import { type Column, formatTable } from '../../terminal/table.js';
import { mayHang, reasons, volumeText } from './disk-text.js';

const UNKNOWN = 'not known';

const COLUMNS: readonly Column<DiskDescription>[] = [
  { heading: 'DISK', values: ({ deviceNumber }) => [deviceNumber === null ? UNKNOWN : String(deviceNumber)] },
  { heading: 'SIZE', values: ({ sizeBytes }) => [sizeBytes === null ? UNKNOWN : inUnit(sizeBytes)] },
  {
    heading: 'TARGET',
    values: ({ targetName }) => [targetName ?? '(null)'],
    place: { where: 'above', when: 'narrow' },
  },
  { heading: 'LUN', values: ({ lun }) => [lun === null ? UNKNOWN : String(lun)] },
  { heading: 'PATHS', values: ({ sessions }) => [String(sessions.length)] },
  {
    heading: 'PRODUCT',
    values: ({ vendor, product }) => [vendor === null ? UNKNOWN : `${vendor} ${product}`.trim()],
  },
  {
    heading: 'VOLUMES',
    values: ({ volumes }) => volumes?.map(volumeText) ?? [UNKNOWN],
    place: { where: 'beneath', when: 'narrow' },
  },
  { heading: 'NOT KNOWN', values: reasons, place: { where: 'beneath', when: 'always' } },
];

export const diskList = defineCommand({
  name: 'disk list',
  plural: 'disks',
  summary: 'List the disks of the sessions, with their sizes and volumes',
  description: 'Two disks with the same target and LUN are one disk, seen twice because MPIO is not set up.',
  operands: {},
  options: {},
  example: 'disks',
  run: (_input, { iscsidsc, options }): Promise<DiskDescription[]> => iscsidsc.describeDisks(options),
  format: (disks, format) => (disks.length === 0 ? 'No session has a disk.\n' : formatTable(COLUMNS, disks, format)),
  mayHang: disks => disks.some(mayHang),
});
