import { defineCommand } from '../../command.js';
import { UsageError } from '../../failure.js';
import { text } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';

export const initiatorRename = defineCommand({
  name: 'initiator rename',
  changes: true,
  asksTo: 'rename the initiator',
  summary: 'Change the node name of the initiator, after a question',
  description: 'Targets that let in only the old name refuse the next login. Sessions keep the old name until then.',
  operands: {
    name: {
      help: 'The new name, usually an IQN',
      unless: 'default',
      type: text('NAME', 'a name such as iqn.1991-05.com.microsoft:host.example'),
    },
  },
  options: { default: { help: 'Make it the default again, which has the name of the computer in it' } },
  synopsis: '(NAME | --default)',
  example: 'initiator rename iqn.1991-05.com.microsoft:host.example',
  async run(input, { iscsidsc, options, confirm }) {
    if (input.name !== undefined && input.default) throw new UsageError('Give NAME or --default, not both.');
    const before = await iscsidsc.getIScsiInitiatorNodeName(options);
    await confirm(`Change the name ${before} to ${input.name ?? 'the default'}? Targets may know the old name only.`);
    await iscsidsc.setIScsiInitiatorNodeName(input.name ?? null, options);
    return { before, nodeName: await iscsidsc.getIScsiInitiatorNodeName(options) };
  },
  format: ({ nodeName }, format) => paragraph(`The initiator is now ${nodeName}.`, format),
});
