import { defineCommand } from '../../command.js';
import { formatDetails } from '../../terminal/details.js';

export const initiatorShow = defineCommand({
  name: 'initiator show',
  summary: 'Show the version and the names of the initiator',
  operands: {},
  options: {},
  example: 'initiator show --json',
  async run(_input, { iscsidsc, options, version }) {
    const [initiator, nodeName, initiatorNames] = await Promise.all([
      iscsidsc.getIScsiVersionInformation(options),
      iscsidsc.getIScsiInitiatorNodeName(options),
      iscsidsc.reportIScsiInitiatorList(options),
    ]);
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
