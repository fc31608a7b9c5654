import { defineCommand } from '../../command.js';
import { TARGET } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';

export const targetRemove = defineCommand({
  name: 'target remove',
  changes: true,
  asksTo: 'remove the target',
  summary: 'Remove a static target',
  description: "Its sessions and saved logins stay: 'iscsidsc target forget IQN' ends those, too.",
  operands: { target: { help: 'The name of the target', type: TARGET, required: true } },
  options: {},
  example: 'target remove iqn.2003-01.org.example:disk9',
  async run({ target: targetName }, { iscsidsc, options, confirm }) {
    await confirm(`Remove the static target ${targetName}? What is stored for it is lost.`);
    await iscsidsc.removeIScsiStaticTarget(targetName, options);
    return { targetName };
  },
  format: ({ targetName }, format) => paragraph(`Removed: static target ${targetName}.`, format),
});
