import { CALL_OPTIONS, withCallOptions } from './call-options.js';
import { defineCommand } from './command.js';
import { formatDetails } from './details.js';
import { printableJson } from './printable.js';

export const versionCommand = defineCommand({
  name: 'version',
  summary: 'Print the version and the names of the initiator, and the version of iscsidsc',
  options: CALL_OPTIONS,
  run: (values, io) =>
    withCallOptions(values, io, async options => {
      const library = await import('../index.js');
      const [initiator, nodeName, initiatorNames] = await Promise.all([
        library.getIScsiVersionInformation(options),
        library.getIScsiInitiatorNodeName(options),
        library.reportIScsiInitiatorList(options),
      ]);
      const { version } = io;
      if (values.json) {
        io.stdout.write(`${printableJson({ version, initiator, nodeName, initiatorNames }, 2)}\n`);
        return;
      }
      const { majorVersion, minorVersion, buildNumber } = initiator;
      const fields = [
        ['iscsidsc', version],
        ['Initiator version', `${majorVersion}.${minorVersion}.${buildNumber}`],
        ['Node name', nodeName],
        ['Initiator names', initiatorNames.join(', ') || 'none'],
      ] as const;
      io.stdout.write(formatDetails([{ fields }], io));
    }),
});
