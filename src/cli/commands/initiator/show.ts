import { defineCommand } from '../../command.js';
import { formatDetails } from '../../terminal/details.js';

export const initiatorShow = defineCommand({
  name: 'initiator show',
  summary: 'Show the version and the names of the initiator',
  operands: {},
  options: {},
  example: 'initiator show --json',
  async run(_input, { iscsidsc, options, version }) {
    // One after the other: where one fails, no call is left that could hold up the end.
    const initiator = await iscsidsc.getIScsiVersionInformation(options);
    const nodeName = await iscsidsc.getIScsiInitiatorNodeName(options);
    const initiatorNames = await iscsidsc.reportIScsiInitiatorList(options);
    return { version, initiator, nodeName, initiatorNames };
  },
  format({ version, initiator: { majorVersion, minorVersion, buildNumber }, nodeName, initiatorNames }, format) {
    const fields = [
      ['Node name', nodeName],
      ['Initiator names', initiatorNames.join(', ') || 'none'],
      ['Initiator version', `${majorVersion}.${minorVersion}.${buildNumber}`],
      ['iscsidsc', version],
    ] as const;
    return formatDetails([{ fields }], format);
  },
});
