import { defineCommand } from '../../command.js';
import { DoneInPart } from '../../failure.js';
import { text } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';

/** The node name before and now; null if the second could not be read. */
interface Renamed {
  readonly before: string;
  readonly nodeName: string | null;
}

export const initiatorRename = defineCommand({
  name: 'initiator rename',
  changes: true,
  asksTo: 'rename the initiator',
  summary: 'Change the node name of the initiator',
  description:
    'Sessions keep the old name until their next login. Targets that let in only the old name refuse that login: let them in the new one first.',
  operands: {
    name: {
      help: 'The new name, usually an IQN',
      unless: 'default',
      type: text('NAME', 'a name such as iqn.1991-05.com.microsoft:host.example'),
    },
  },
  options: { default: { help: "Windows' own name again, which has the name of the computer in it" } },
  synopsis: '(NAME | --default)',
  example: 'initiator rename iqn.1991-05.com.microsoft:host.example',
  async run({ name = null }, { iscsidsc, options, confirm }): Promise<Renamed> {
    const before = await iscsidsc.getIScsiInitiatorNodeName(options);
    const what = `Change the name of the initiator from ${before} to ${name ?? "Windows' own"}?`;
    await confirm(`${what} Targets may know the old name only.`);
    await iscsidsc.setIScsiInitiatorNodeName(name, options);
    try {
      return { before, nodeName: await iscsidsc.getIScsiInitiatorNodeName(options) };
    } catch (error) {
      throw new DoneInPart({ before, nodeName: null } satisfies Renamed, error);
    }
  },
  format({ before, nodeName }, format) {
    // Some adapters take the name at the next restart.
    if (nodeName === before) return paragraph(`The initiator is still ${before}.`, format);
    return paragraph(`The initiator is ${nodeName ?? 'renamed'}. It was ${before} before.`, format);
  },
});
