import { defineCommand } from '../../command.js';
import { PORTAL, TARGET, targetPortalOf, text } from '../../options/values.js';
import { paragraph } from '../../terminal/details.js';
import { portalText } from '../login-text.js';

export const targetAdd = defineCommand({
  name: 'target add',
  changes: true,
  summary: 'Add a target that no portal reports (a static target)',
  description:
    'Nobody is asked: whether the target is there shows at the login. Windows forgets it when the service restarts, unless --persist is given.',
  operands: { target: { help: 'The name of the target', type: TARGET, required: true } },
  options: {
    portal: { help: 'A portal of the target; can be given more than once', type: PORTAL, repeatable: true },
    alias: { help: 'Text for people', type: text('TEXT', 'some text') },
    persist: { help: 'Keep the target when the service restarts' },
    hide: { help: 'Do not list the target until a portal reports it' },
    merge: { help: 'Add to what is stored for a target of that name, which is replaced otherwise' },
  },
  example: 'target add iqn.2003-01.org.example:disk9 --portal 10.0.0.10 --persist',
  async run(input, { iscsidsc, options }) {
    const { target: targetName, alias: targetAlias, persist } = input;
    const portalGroup = input.portal.map(targetPortalOf);
    const targetFlags = [
      ...(input.hide ? (['hideStaticTarget'] as const) : []),
      ...(input.merge ? (['mergeTargetInformation'] as const) : []),
    ];
    await iscsidsc.addIScsiStaticTarget(targetName, {
      ...options,
      targetAlias,
      targetFlags,
      persist,
      ...(portalGroup.length === 0 ? {} : { portalGroup }),
    });
    return { targetName, targetAlias: targetAlias ?? null, targetFlags, persist, portalGroup };
  },
  format({ targetName, portalGroup }, format) {
    const portals = portalGroup.length === 0 ? 'without a portal' : portalGroup.map(portalText).join(', ');
    return paragraph(`Added: static target ${targetName} (${portals}).`, format);
  },
});
