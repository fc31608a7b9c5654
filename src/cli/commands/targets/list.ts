import type { TargetDescription } from '../../../index.js';
import { defineCommand } from '../../command.js';
import { type Column, formatTable } from '../../terminal/table.js';
import { portalText } from '../login-text.js';
import { isWithoutAnswer, stateColour, stateOf } from './target-state.js';

const COLUMNS: readonly Column<TargetDescription>[] = [
  { heading: 'TARGET', values: ({ targetName }) => [targetName], place: { where: 'above', when: 'narrow' } },
  { heading: 'STATE', values: target => [stateOf(target)], colour: stateColour },
  {
    heading: 'PORTALS',
    values: ({ portals }) => portals?.map(portalText) ?? ['not known'],
    place: { where: 'beneath', when: 'narrow' },
  },
  { heading: 'NOT KNOWN', values: reasons, place: { where: 'beneath', when: 'always' } },
];

function reasons({ sessionsError, portalsError }: TargetDescription): string[] {
  return [
    ...(sessionsError ? [`Sessions not known: ${sessionsError.message}`] : []),
    ...(portalsError ? [`Portals not known: ${portalsError.message}`] : []),
  ];
}

export const targetList = defineCommand({
  name: 'target list',
  plural: 'targets',
  summary: 'List the targets that Windows knows',
  description:
    'A target that is not discovered is one that only a session or a saved login still names: it may be gone.',
  operands: {},
  options: { refresh: { help: 'Ask all registered portals first, which can take a minute' } },
  example: 'targets --refresh',
  run: ({ refresh }, { iscsidsc, options }) => iscsidsc.describeTargets({ ...options, forceUpdate: refresh }),
  format: (targets, format) =>
    targets.length === 0
      ? "No targets are known. 'iscsidsc portal add ADDR' asks a portal.\n"
      : formatTable(COLUMNS, targets, format),
  mayHang: targets => targets.some(isWithoutAnswer),
});
