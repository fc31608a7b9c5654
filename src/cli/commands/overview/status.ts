import type { InitiatorService, SessionDescription, TargetDescription } from '../../../index.js';
import { type Context, defineCommand } from '../../command.js';
import type { Format } from '../../terminal/colour.js';
import { type Field, formatDetails, named, paragraph } from '../../terminal/details.js';
import { type Column, formatTable } from '../../terminal/table.js';
import { portalText } from '../login-text.js';
import { deviceName, portalsOf, mayHang as sessionMayHang } from '../sessions/session-table.js';
import { isWithoutAnswer, stateColour, stateOf } from '../targets/target-state.js';
import { groupByReason, Parts } from './known.js';

type Overview = Awaited<ReturnType<typeof overview>>;

export const status = defineCommand({
  name: 'status',
  summary: 'Show the service, the initiator, its portals, and the targets with their sessions and disks',
  description:
    "A part that is not known does not end it, unless all of them are. 'iscsidsc doctor' says what is wrong.",
  operands: {},
  options: {},
  example: 'status',
  run: (_input, context) => overview(context),
  format: (shown, format) => general(shown, format) + targetTable(shown, format) + reasons(shown, format),
  mayHang: ({ service, nodeName, portals, targets, sessions }) =>
    [service, nodeName, portals, targets, sessions].some(({ error }) => error?.pending === 'running') ||
    (targets.value ?? []).some(isWithoutAnswer) ||
    (sessions.value ?? []).some(sessionMayHang),
});

async function overview({ iscsidsc, options }: Context) {
  const parts = new Parts(options);
  // One after the other: where one hangs, no more calls than that are left.
  const service = await parts.ask(time => iscsidsc.getInitiatorService({ ...options, ...time }));
  const nodeName = await parts.ask(time => iscsidsc.getIScsiInitiatorNodeName({ ...options, ...time }));
  const portals = await parts.ask(time => iscsidsc.reportIScsiSendTargetPortals({ ...options, ...time }));
  const targets = await parts.ask(time => iscsidsc.describeTargets({ ...options, ...time }));
  const sessions = await parts.ask(time => iscsidsc.describeSessions({ ...options, ...time }));
  parts.throwIfNothing();
  return { service, nodeName, portals, targets, sessions };
}

/** `running, start type automatic`. */
function serviceText({ state, startType }: InitiatorService): string {
  return `${named(state)}, start type ${named(startType)}`;
}

function general({ service, nodeName, portals }: Overview, format: Format): string {
  const fields: Field[] = [
    ['Service', service.value ? serviceText(service.value) : 'not known'],
    ['Initiator', nodeName.value ?? 'not known'],
    ['Portals', portals.value ? portals.value.map(portalText).join(', ') || 'none' : 'not known'],
  ];
  return formatDetails([{ fields }], format);
}

/** A target with the sessions that describe it. */
interface Row {
  readonly target: TargetDescription;
  readonly sessions: readonly SessionDescription[] | null;
}

const COLUMNS: readonly Column<Row>[] = [
  { heading: 'TARGET', values: ({ target }) => [target.targetName], place: { where: 'above', when: 'narrow' } },
  { heading: 'STATE', values: ({ target }) => [stateOf(target)], colour: ({ target }) => stateColour(target) },
  {
    heading: 'CONNECTED TO',
    values: ({ target }) => target.sessions?.flatMap(portalsOf) ?? ['not known'],
    place: { where: 'beneath', when: 'narrow' },
  },
  { heading: 'DISKS', values: disksOf },
];

function targetTable({ targets, sessions }: Overview, format: Format): string {
  if (targets.value === null) return '';
  if (targets.value.length === 0) return '\nNo targets are known.\n';
  const rows = targets.value.map(target => ({
    target,
    sessions: sessions.value && sessionsOf(target, sessions.value),
  }));
  return `\n${formatTable(COLUMNS, rows, format)}`;
}

function sessionsOf(target: TargetDescription, sessions: readonly SessionDescription[]): SessionDescription[] {
  const ids = new Set(target.sessions?.map(({ sessionId }) => sessionId));
  return sessions.filter(({ sessionId }) => ids.has(sessionId));
}

/** Each disk once, whatever the number of its paths. */
function disksOf({ sessions }: Row): string[] {
  if (sessions === null || sessions.some(({ devices }) => devices === null)) return ['not known'];
  const disks = sessions.flatMap(({ devices }) => devices ?? []);
  return [...new Set(disks.map(deviceName))];
}

/** What is not known, and why, each reason once. */
function reasons({ service, nodeName, portals, targets, sessions }: Overview, format: Format): string {
  const parts = { service, 'node name': nodeName, portals, targets, sessions };
  const missing = Object.entries(parts).flatMap(([name, { error }]) => (error ? [{ name, error }] : []));
  const devices = (sessions.value ?? []).flatMap(({ devicesError: error }) =>
    error ? [{ name: 'disks', error }] : [],
  );
  const lines = groupByReason([...missing, ...devices], ({ error }) => error).map(group => {
    const names = [...new Set(group.map(({ name }) => name))].join(', ');
    return paragraph(`Not known: ${names}. ${group[0].error.message}`, format);
  });
  return lines.length === 0 ? '' : `\n${lines.join('')}`;
}
