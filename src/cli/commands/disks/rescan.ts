import { defineCommand } from '../../command.js';
import { paragraph } from '../../terminal/details.js';

export const diskRescan = defineCommand({
  name: 'disk rescan',
  changes: true,
  summary: 'Let Windows look for new disks, for a LUN that is new at its target',
  description:
    "A new disk appears a moment later: 'iscsidsc disks' lists it. 'iscsidsc scsi luns' shows which LUNs have no disk.",
  operands: {},
  options: {},
  example: 'disk rescan',
  run: (_input, { iscsidsc, options }) => iscsidsc.rescanDisks(options),
  format: ({ portNumbers }, format) =>
    portNumbers.length === 0
      ? 'Windows has no port of the initiator.\n'
      : paragraph(`Rescanned: ${portNumbers.map(number => `\\\\.\\Scsi${number}:`).join(', ')}`, format),
});
